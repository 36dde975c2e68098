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
      input.addEventListener("input", () => {
        const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        const lines = [...section.querySelectorAll(".line")].filter((line) => !line.parentElement.closest(".line"));
        for (const line of lines) {
          const group = line.closest(".speaker, .copy-group")?.querySelector("h3")?.textContent ?? "";
          const text = `${group} ${line.textContent}`.toLocaleLowerCase();
          line.hidden = !words.every((word) => text.includes(word));
          shown += line.hidden ? 0 : 1;
        }
        for (const group of section.querySelectorAll(".speaker, .copy-group, .tone, .day")) {
          group.hidden = ![...group.querySelectorAll(".line")].some((line) => !line.hidden);
        }
        count.textContent = words.length ? `${shown} of ${lines.length}` : "";
      });
    }
  }

  // j and k go from line to line, Enter opens its evidence. The keys can be switched off.
  class Keys extends HTMLElement {
    connectedCallback() {
      const kbd = (key) => make("kbd", {}, key);
      const button = make("button", { type: "button" });
      const on = () => { try { return localStorage.getItem("onrecord-keys") !== "off"; } catch { return true; } };
      const label = () => { button.textContent = on() ? "Switch these keys off" : "Switch the keys j and k on"; };
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

  class Copy extends HTMLElement {
    connectedCallback() {
      if (this.firstChild) this.replaceChildren();
      const button = make("button", { type: "button" }, "Copy this citation");
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(this.dataset.text);
          button.textContent = "Copied";
        } catch {
          button.replaceWith(make("p", { class: "small" }, this.dataset.text));
        }
      });
      this.append(button);
    }
  }

  customElements.define("record-preview", Preview);
  customElements.define("record-filter", Filter);
  customElements.define("record-keys", Keys);
  customElements.define("record-copy", Copy);
})();
