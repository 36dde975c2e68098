"""The world -> Capture: files, folders, manifests, pages. The only room that touches the network."""
