package apis

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
)

// frameScript puts what the console sends into the page that it is in. What is set so runs
// no script; what would still lead away or load from elsewhere is taken out before.
const frameScript = `"use strict";
addEventListener("message", (e) => {
  if (e.source !== parent || typeof e.data?.html !== "string") return;
  const page = new DOMParser().parseFromString(e.data.html, "text/html");
  for (const el of page.querySelectorAll("script, meta, base, iframe, frame, object, embed, noscript")) el.remove();
  const far = (url) => !/^(data:image\/|\/(?!\/))/.test(url.trim());
  for (const el of page.querySelectorAll("link")) if (el.rel !== "stylesheet" || far(el.getAttribute("href") ?? "")) el.remove();
  for (const el of page.querySelectorAll("*")) {
    for (const { name, value } of [...el.attributes]) {
      if (name.startsWith("on") || name === "autofocus" || name === "nonce") el.removeAttribute(name);
      else if ((name === "src" || name === "background" || name === "poster") && far(value) || name === "srcset" || name === "ping") el.removeAttribute(name);
    }
  }
  for (const el of page.querySelectorAll("a, area, form")) el.target = "_blank";
  for (const el of page.querySelectorAll("a, area")) el.rel = "noopener noreferrer";
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  for (const { name, value } of page.documentElement.attributes) root.setAttribute(name, value);
  root.replaceChildren(document.adoptNode(page.head), document.adoptNode(page.body));
  document.documentElement.dataset.shown = "1";
});
addEventListener("click", (e) => {
  const a = e.target.closest?.("a, area");
  if (a && !/^https?:$/.test(a.protocol)) e.preventDefault();
});
addEventListener("submit", (e) => e.preventDefault());
`

const framePage = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Preview</title><script>" + frameScript + "</script></head><body></body></html>"

// framePolicy holds the frame to an origin of nobody's: nothing in it reaches the console,
// a cookie or another host. Mails are written with style attributes, which the policy of
// the console forbids and a srcdoc or a blob: would inherit: hence a page of its own. Its
// one script is named by what it says.
var framePolicy = "default-src 'none'; script-src 'sha256-" + frameSum() + "'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"

func frameSum() string {
	sum := sha256.Sum256([]byte(frameScript))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// consoleFrame serves the empty page in which the console shows HTML that it did not
// write: a mail, or a page by somebody's template. The HTML comes from the console's own
// script, so that the page holds nothing and is anybody's.
func (s *Server) consoleFrame() {
	s.route(Route{Method: fiber.MethodGet, Path: consolePath + "frame", Public: true, Page: true, Status: fiber.StatusOK, Summary: "The frame of the console's previews"},
		func(c fiber.Ctx) error {
			hosted.Private(c)
			c.Set(fiber.HeaderContentSecurityPolicy, framePolicy)
			c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
			return c.SendString(framePage)
		})
}
