// What a person would see: charts drawn, nothing wider than the page, no label cut off or covered.
(async () => {
  await document.fonts.ready;
  await new Promise((done) => setTimeout(done, 400));
  const name = (chart) => chart.id || chart.className;
  const charts = [...document.querySelectorAll(".plotly-graph-div")];
  const box = (element) => element.getBoundingClientRect();
  const marks = ".plot path, .plot rect, .plot image, .bars path, .points path, .heatmaplayer image, " +
    "path.js-line[d]";
  const isDrawn = (chart) => {
    const svg = chart.querySelector("svg.main-svg");
    return svg && box(svg).width > 100 && box(svg).height > 60 && chart.querySelector(marks) !== null;
  };
  const labels = (chart) =>
    [...chart.querySelectorAll("svg text")]
      .filter((text) => text.textContent.trim() && box(text).width > 0)
      .filter((text) => getComputedStyle(text).visibility !== "hidden" && !text.closest(".hoverlayer"));
  const clipped = charts.flatMap((chart) => {
    const outer = box(chart);
    return labels(chart)
      .filter((text) => {
        const inner = box(text);
        return inner.left < outer.left - 1 || inner.right > outer.right + 1 ||
          inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
      })
      .map((text) => `${name(chart)}: ${text.textContent}`);
  });
  const overlapping = charts.flatMap((chart) => {
    const all = labels(chart).map((text) => [text, box(text)]);
    return all.flatMap(([one, a], place) =>
      all.slice(place + 1)
        .filter(([other, b]) =>
          !one.contains(other) && !other.contains(one) &&
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
        .map(([other]) => `${name(chart)}: ${one.textContent} | ${other.textContent}`));
  });
  const page = document.documentElement;
  const wide = [...document.body.querySelectorAll("*")]
    .filter((element) => box(element).right > innerWidth + 1 && !element.closest(".scroll, pre"))
    .slice(0, 5)
    .map((element) => `${element.tagName} ${element.className}`);
  return {
    scrollWidth: page.scrollWidth,
    innerWidth,
    charts: charts.map(name),
    undrawn: charts.filter((chart) => !isDrawn(chart)).map(name),
    clipped,
    overlapping,
    wide,
  };
})()
