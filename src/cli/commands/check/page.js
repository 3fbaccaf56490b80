(() => {
  "use strict";
  const links = [...document.querySelectorAll("a.s")];
  const aside = document.querySelector("aside");
  if (!links.length) return;
  let chosen = null;
  const choose = (link) => {
    if (!link || link === chosen) return;
    if (chosen) { chosen.classList.remove("chosen"); panel(chosen).classList.remove("chosen"); chosen.removeAttribute("aria-current"); }
    chosen = link;
    link.classList.add("chosen");
    link.setAttribute("aria-current", "true");
    panel(link).classList.add("chosen");
    aside.classList.add("open");
    aside.scrollTop = 0;
  };
  const panel = (link) => document.getElementById(link.hash.slice(1));
  document.body.classList.add("scripted");
  for (const link of links) {
    link.addEventListener("focus", () => choose(link));
    link.addEventListener("click", (event) => { event.preventDefault(); link.focus({ preventScroll: true }); choose(link); });
  }
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowRight: 1, j: 1, ArrowLeft: -1, k: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = chosen ? links.indexOf(chosen) + step : 0;
    const link = links[Math.min(Math.max(next, 0), links.length - 1)];
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
    choose(link);
  });
  const asked = links.find((link) => link.hash === location.hash);
  if (asked) choose(asked);
})();
