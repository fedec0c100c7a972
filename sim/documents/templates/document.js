// Charts follow the width of the paper when printed, and of the window again afterwards.
(function () {
  function each(change) {
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      Plotly.relayout(chart, change);
    });
  }
  addEventListener("beforeprint", function () { each({ autosize: false, width: 640 }); });
  addEventListener("afterprint", function () { each({ autosize: true, width: null }); });
})();
