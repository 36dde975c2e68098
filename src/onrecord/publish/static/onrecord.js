// Comforts over pages that work without them: evidence in a side panel, filter, keys, copying.
// Nothing here counts characters: marks are set on the server, in code points.
"use strict";
(() => {
  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  // Keys of one letter can be switched off: who speaks to the machine would press them unwittingly.
  const keysOn = () => {
    try { return localStorage.getItem("onrecord-keys") !== "off"; } catch { return true; }
  };

  // Evidence beside the line. A plain click opens it; with a modifier, or on a narrow screen, the link is a link.
  class Preview extends HTMLElement {
    connectedCallback() {
      this.setAttribute("role", "dialog");
      this.setAttribute("aria-label", "Evidence");
      document.addEventListener("click", (event) => this.clicked(event));
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.hasAttribute("open")) this.close();
      });
    }
    clicked(event) {
      const link = event.target.closest?.("a.cite");
      if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (!matchMedia("(min-width: 60rem)").matches || document.body.querySelector("main #evidence-body")) return;
      event.preventDefault();
      this.open(link);
    }
    async open(link) {
      const body = await this.body(link).catch(() => null);
      if (!body) { location.href = link.href; return; }
      this.from = this.contains(link) ? this.from : link;
      const close = make("button", { type: "button" }, "Close");
      close.addEventListener("click", () => this.close());
      const whole = make("a", { href: link.getAttribute("href") }, "Open as a page");
      if (link.getAttribute("href").startsWith("#")) {
        whole.textContent = "Show it in the list";
        whole.addEventListener("click", () => this.close());
      }
      this.replaceChildren(make("div", { class: "preview-bar" }, whole, close), body);
      this.setAttribute("open", "");
      this.scrollTop = 0;
      this.querySelector("mark")?.scrollIntoView({ block: "nearest" });
      this.from.scrollIntoView({ block: "nearest" });
      close.focus({ preventScroll: true });
    }
    async body(link) {
      const href = link.getAttribute("href");
      if (href.startsWith("#")) {
        const found = document.getElementById(href.slice(1));
        const copy = found && make("div", {}, ...found.cloneNode(true).childNodes);
        return copy;
      }
      const answer = await fetch(href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("evidence-body");
      return found && document.importNode(found, true);
    }
    close() {
      this.removeAttribute("open");
      this.replaceChildren();
      this.from?.focus();
    }
  }

  // Hides the lines of one section that do not hold the words typed.
  class Filter extends HTMLElement {
    connectedCallback() {
      const input = make("input", { type: "search", autocomplete: "off" });
      const count = make("output", { "aria-live": "polite" });
      this.append(make("label", {}, "Show only lines with ", input, count));
      const section = document.getElementById(this.dataset.for);
      const known = new WeakMap();
      const words = (line) => {
        if (!known.has(line)) {
          const shown = line.cloneNode(true);
          for (const box of shown.querySelectorAll(".cite-this")) box.remove();
          known.set(line, shown.textContent);
        }
        return known.get(line);
      };
      input.addEventListener("input", () => {
        const wanted = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        const lines = [...section.querySelectorAll(".line")].filter((line) => !line.parentElement.closest(".line"));
        for (const line of lines) {
          const group = line.closest(".speaker, .copy-group")?.querySelector("h3")?.textContent ?? "";
          const text = `${group} ${words(line)}`.toLocaleLowerCase();
          line.hidden = !wanted.every((word) => text.includes(word));
          shown += line.hidden ? 0 : 1;
        }
        for (const group of section.querySelectorAll(".speaker, .copy-group, .tone, .accounts-scroll, .day")) {
          group.hidden = ![...group.querySelectorAll(".line")].some((line) => !line.hidden);
        }
        count.textContent = wanted.length ? `${shown} of ${lines.length}` : "";
      });
    }
  }

  // j and k go from line to line, Enter opens its evidence. The keys can be switched off.
  class Keys extends HTMLElement {
    connectedCallback() {
      const kbd = (key) => make("kbd", {}, key);
      const button = make("button", { type: "button" });
      const on = keysOn;
      const label = () => { button.textContent = on() ? "Switch these keys off" : "Switch the keys on"; };
      button.addEventListener("click", () => {
        try { localStorage.setItem("onrecord-keys", on() ? "off" : "on"); } catch { /* a file may not store */ }
        label();
      });
      label();
      this.append(kbd("j"), " next line, ", kbd("k"), " line before, ", kbd("Enter"), " its evidence, ", kbd("Esc"), " closes it.", button);
      document.addEventListener("keydown", (event) => {
        if (!on() || event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.target.closest("input, textarea, select, button, record-preview")) return;
        if (event.key === "j" || event.key === "k") this.step(event.key === "j" ? 1 : -1, event);
        if (event.key === "Enter" && event.target.matches(".line")) event.target.querySelector("a.cite, a")?.click();
      });
    }
    step(by, event) {
      const lines = [...document.querySelectorAll("main .line")].filter((line) => line.offsetParent !== null);
      const here = lines.indexOf(document.activeElement?.closest(".line"));
      const next = lines[here < 0 ? (by > 0 ? 0 : lines.length - 1) : here + by];
      if (!next) return;
      event.preventDefault();
      document.querySelector(".line.at")?.classList.remove("at");
      next.classList.add("at");
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
  }

  // Copies the texts beside it, or its own. Where the clipboard is closed, the text is left selected.
  class Copy extends HTMLElement {
    connectedCallback() {
      const boxes = [...this.parentElement.querySelectorAll(":scope > textarea")];
      for (const box of boxes) box.addEventListener("focus", () => box.select());
      const said = make("output", { class: "small" });
      const button = (label, text) => {
        const made = make("button", { type: "button" }, label);
        made.addEventListener("click", () => this.copy(text(), said));
        return made;
      };
      const all = () => (boxes.length ? boxes.map((box) => box.value.trim()) : this.parts()).join("\n");
      this.replaceChildren(button("Copy citation", all));
      if (boxes.length > 1) this.append(" ", button("Text only", () => boxes[0].value.trim()), " ", button("Annotation only", () => boxes[1].value.trim()));
      this.append(" ", said);
    }
    // Of a passage of the one file: what it shows already, put into the order of a citation.
    parts() {
      const text = (name) => {
        const found = this.parentElement.querySelector(`[data-cite="${name}"]`);
        return (found?.href || found?.textContent || "").trim().replace(/\s+/g, " ");
      };
      const named = ["report", "url", "captured"].map(text).filter(Boolean);
      const words = text("words");
      return [/^["“„«‘']/.test(words) ? words : `“${words}”`, ...named, `Evidence ${text("address")}`];
    }
    async copy(text, said) {
      this.querySelector("textarea")?.remove();
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = "Copied";
      } catch {
        const box = make("textarea", { readonly: "", rows: "4", "aria-label": "Text to copy" });
        box.value = text;
        this.append(box);
        box.focus();
        box.select();
        const done = document.execCommand("copy");
        if (done) box.remove();
        said.textContent = done ? "Copied" : "Selected: copy it with your keyboard or menu";
      }
    }
  }

  // Sends a form's fields as the form would. The answer's JSON; throws what went wrong.
  const post = async (action, fields) => {
    const answer = await fetch(action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields) });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told;
  };
  const DONE = { confirm: "Confirmed", reject: "Rejected", relabel: "Relabelled", note: "Noted" };

  // Decides about relations where they are read, without loading the page again for each of them.
  class Decide extends HTMLElement {
    connectedCallback() {
      this.addEventListener("submit", (event) => {
        const place = event.target.closest(".decide-pair");
        if (!place) return;
        event.preventDefault();
        const fields = new FormData(event.target, event.submitter);
        this.decide(place, event.target.action, fields);
      });
    }
    async decide(place, action, fields) {
      if (place.classList.contains("sending")) return;
      place.classList.add("sending");
      const told = await post(action, fields).catch((error) => this.failed(place, error));
      place.classList.remove("sending");
      if (!told) return;
      place.querySelector(".review-said")?.remove();
      const before = [...place.childNodes];
      const undo = make("button", { type: "button" }, "Undo");
      undo.addEventListener("click", async () => {
        const back = await post("/judgements/undo", new URLSearchParams({ id: told.judgement.id, token: fields.get("token") })).catch((error) => this.failed(place, error));
        if (!back) return;
        place.replaceChildren(...before);
        place.querySelector("button").focus();
      });
      place.replaceChildren(make("p", { class: "review-said", role: "status" }, DONE[fields.get("verdict")], undo), make("span", { class: "why" }, "The table follows when this page is loaded again."));
      undo.focus({ preventScroll: true });
    }
    failed(place, error) {
      place.querySelector(".review-said")?.remove();
      place.append(make("p", { class: "review-said", role: "alert" }, `Not decided: ${error.message}`));
    }
  }

  // The review queue by keys. A decision is sent without leaving the page: the row says how it was
  // decided and can be undone there; without this, the same forms go the plain way.
  class Review extends HTMLElement {
    connectedCallback() {
      this.done = [];
      this.said = make("p", { class: "hidden", role: "status" });
      this.append(this.said);
      const keys = this.querySelector(".keys");
      if (!keys) return;
      keys.hidden = false;
      this.addEventListener("submit", (event) => this.submitted(event));
      // Behind the keys of the page, which know j and k as well: what moved is not moved twice.
      document.addEventListener("keydown", (event) => this.pressed(event));
      const first = matchMedia("(min-width: 48rem)").matches && !location.hash ? this.rows()[0] : null;
      const at = this.rows().find((row) => `#${row.id}` === location.hash) ?? first;
      if (at) this.go(at);
      // The name is asked for once, above the rows.
      this.name = this.querySelector('.decide-as input[name="author"]');
      for (const box of this.querySelectorAll('.row-review input[name="author"]')) box.closest("label").remove();
    }
    rows() { return [...this.querySelectorAll(".row-review")]; }
    here() { return document.activeElement?.closest(".row-review") ?? this.querySelector(".row-review.at"); }
    go(row) {
      document.querySelector(".line.at")?.classList.remove("at");
      row.classList.add("at");
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
    next(row, by = 1) {
      const rows = this.rows();
      const to = rows[rows.indexOf(row) + by];
      if (to) this.go(to);
    }
    pressed(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector("record-preview[open]")) return;
      if (event.key === "Escape" && event.target.closest("record-review details[open]")) {
        const row = this.here();
        event.target.closest("details").open = false;
        if (row) this.go(row);
        return;
      }
      if (!keysOn() || event.target.closest("input, textarea, select, record-preview")) return;
      const row = this.here();
      const keys = {
        c: () => row?.querySelector('.verdicts button[value="confirm"]')?.click(),
        r: () => row?.querySelector('.verdicts button[value="reject"]')?.click(),
        l: () => this.unfold(row, ".relabel", "select"),
        n: () => this.unfold(row, ".noting", "textarea"),
        u: () => this.undo(),
        ArrowDown: () => this.move(row, 1),
        ArrowUp: () => this.move(row, -1),
      };
      if (row && document.activeElement !== row && (event.key === "j" || event.key === "k") && !event.defaultPrevented) {
        keys[event.key] = () => this.move(row, event.key === "j" ? 1 : -1);
      }
      if (!keys[event.key] || (event.repeat && "cru".includes(event.key))) return;
      event.preventDefault();
      keys[event.key]();
    }
    move(row, by) {
      if (row) this.next(row, by);
      else if (this.rows().length) this.go(this.rows()[0]);
    }
    unfold(row, name, field) {
      const found = row?.querySelector(`.decide-row ${name}`);
      if (!found || row.classList.contains("done")) return;
      found.open = true;
      found.querySelector(field).focus();
    }
    undo() {
      const last = this.done.pop();
      if (last) this.takeBack(last);
      else this.querySelector(".lately .undo button")?.click();
    }
    submitted(event) {
      const form = event.target;
      const row = form.closest(".row-review");
      if (!row || form.matches(".undo")) return;
      event.preventDefault();
      if (row.classList.contains("sending") || row.classList.contains("done")) return;
      if (!this.name.value.trim()) { this.name.reportValidity(); this.name.focus(); return; }
      const fields = new FormData(form);
      const verdict = event.submitter?.name === "verdict" ? event.submitter.value : fields.get("verdict");
      fields.set("verdict", verdict);
      fields.set("author", this.name.value);
      this.send(form.action, fields, row).then((answer) => {
        if (!answer) return;
        this.mark(row, DONE[verdict], answer.judgement.id, verdict !== "note");
        if (verdict === "note") { form.reset(); form.closest("details").open = false; this.go(row); }
        else this.next(row);
      });
    }
    async send(action, fields, row) {
      row?.classList.add("sending");
      try {
        return await post(action, fields);
      } catch (error) {
        this.tell(row, `Not decided: ${error.message}`);
        return null;
      } finally {
        row?.classList.remove("sending");
      }
    }
    tell(row, words, ...more) {
      this.said.textContent = words;
      if (!row) return;
      row.querySelector(".review-said")?.remove();
      row.append(make("p", { class: "review-said" }, words, ...more));
    }
    mark(row, words, id, decided) {
      const undo = make("button", { type: "button" }, "Undo");
      const one = { row, id, decided };
      this.done.push(one);
      undo.addEventListener("click", () => {
        this.done = this.done.filter((other) => other !== one);
        this.takeBack(one);
      });
      this.tell(row, words, undo);
      if (decided) { row.classList.add("done"); this.count(1); }
    }
    async takeBack(one) {
      const token = this.querySelector('input[name="token"]').value;
      const fields = new URLSearchParams({ id: one.id, token, author: this.name.value });
      if (!(await this.send("/judgements/undo", fields, one.row))) { this.done.push(one); return; }
      this.tell(one.row, "Taken back");
      if (one.decided) { one.row.classList.remove("done"); this.count(-1); }
      this.go(one.row);
    }
    count(by) {
      const number = this.querySelector("[data-decided]");
      const bar = this.querySelector("progress");
      const now = Number(number.textContent.replaceAll(",", "")) + by;
      number.textContent = now.toLocaleString("en");
      if (bar) bar.value = now;
    }
  }

  customElements.define("record-preview", Preview);
  customElements.define("record-filter", Filter);
  customElements.define("record-keys", Keys);
  customElements.define("record-copy", Copy);
  customElements.define("record-decide", Decide);
  customElements.define("record-review", Review);
})();
