(() => {
  // Back leads to the page before: what is picked on a page changes its place in the history.
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const pathOf = (address) => new URL(address ?? "", location.href).pathname;
  history.pushState = (state, title, address) =>
    (pathOf(address) === location.pathname ? replace : push)(state, title, address);

  // Charts keep the width of the screen on paper, so the page is made as small as the sheet.
  const SHEET = 1030; // A4 across without its margins, in pixels
  addEventListener("beforeprint", () => {
    const page = document.querySelector('[data-testid="stMainBlockContainer"]');
    const zoom = page ? Math.min(1, SHEET / page.clientWidth) : 1;
    document.documentElement.style.setProperty("--print-zoom", zoom);
  });
})();
