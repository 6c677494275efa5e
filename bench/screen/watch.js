// Notes, in milliseconds since the navigation, when a reader acts and when charts are drawn.
(() => {
  const watch = { acted: 0, first: null, drawn: new Map(), ended: 0, last: 0 };
  window.benchWatch = watch;
  const DRAWN = ".main-svg :is(.trace, .hm, .slice, .shapelayer path)";
  const chartsOf = (record) => {
    const target = record.target.nodeType === 1 ? record.target : record.target.parentElement;
    const around = target && target.closest(".js-plotly-plot");
    if (around) return [around];
    return [...record.addedNodes]
      .filter((node) => node.nodeType === 1)
      .flatMap((node) => [...node.querySelectorAll(".js-plotly-plot")]);
  };
  const note = (records) => {
    const now = performance.now();
    for (const chart of new Set(records.flatMap(chartsOf))) {
      if (!chart.querySelector(DRAWN)) continue;
      watch.first ??= now;
      watch.last = now;
      watch.drawn.set(chart, now);
    }
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app && app.getAttribute("data-test-script-state");
    if (state !== "notRunning") watch.ended = 0;
    else watch.ended ||= now;
  };
  const options = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(note).observe(document, options);
  const act = (event) => {
    const acted = event.type === "click" ? '[role="option"]' : '[role="slider"], [type="range"]';
    if (!event.target.closest(acted)) return;
    Object.assign(watch, { acted: event.timeStamp, first: null, ended: 0, last: 0 });
    watch.drawn.clear();
  };
  document.addEventListener("click", act, true);
  document.addEventListener("keydown", act, true);
  const isLoading = () => {
    // Streamlit fetches plotly when the first chart comes; until then a skeleton stands there.
    const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
    const isEmpty = (chart) => !chart.querySelector('.main-svg');
    const waiting = document.querySelector('[data-testid="stSkeleton"]');
    return waiting !== null || charts.some(isEmpty);
  };
  watch.isQuiet = (pause) => {
    if (isLoading()) return false;
    const since = performance.now() - Math.max(watch.ended, watch.last, watch.acted);
    return watch.ended > 0 && since > pause;
  };
  watch.told = () => ({
    first: watch.first,
    changed: watch.drawn.size ? Math.min(...watch.drawn.values()) - watch.acted : null,
    ended: Math.max(watch.ended, watch.last) - watch.acted,
  });
})();
