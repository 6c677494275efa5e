(() => {
  // Back leads to the page before: what is picked on a page changes its place in the history.
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const pathOf = (address) => new URL(address ?? "", location.href).pathname;
  history.pushState = (state, title, address) =>
    (pathOf(address) === location.pathname ? replace : push)(state, title, address);

  // A chart that is told its width is drawn once, but Streamlit measures it after the first time.
  const YEAR = 31536000;
  const noteWidth = () => {
    const charts = [...document.querySelectorAll('[class*="_narrow"] .js-plotly-plot')];
    const widest = Math.max(0, ...charts.map((chart) => chart.layout?.width ?? 0));
    const name = `chart_width${location.search.includes("meeting=1") ? "_meeting" : ""}`;
    if (widest) document.cookie = `${name}=${widest};path=/;SameSite=Strict;max-age=${YEAR}`;
  };
  setInterval(noteWidth, 1000);

  // Charts keep the width of the screen on paper, so the page is made as small as the sheet.
  const SHEET = 1030; // A4 across without its margins, in pixels
  addEventListener("beforeprint", () => {
    const page = document.querySelector('[data-testid="stMainBlockContainer"]');
    const zoom = page ? Math.min(1, SHEET / page.clientWidth) : 1;
    document.documentElement.style.setProperty("--print-zoom", zoom);
  });
})();
