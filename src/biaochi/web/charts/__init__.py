"""Every picture of a number, drawn on the server as SVG: no script, no inline style.

All functions are pure and return ``Markup``. A function with ``label`` speaks its picture; one
without is decoration, and the same thing stands beside it in words.
"""

from biaochi.web.charts import bars, maps, marks, rulers

DRAWINGS = {
    function.__name__: function
    for function in (
        bars.pct_bar,
        bars.swatch,
        bars.columns,
        bars.two_lines,
        bars.months,
        bars.tiny_bars,
        maps.area_map,
        maps.quadrant,
        maps.opinion_map,
        marks.signal,
        marks.lamp,
        marks.mark,
        marks.opdot,
        marks.qdot,
        marks.stage_dot,
        rulers.steps,
        rulers.long_ruler,
        rulers.gap_ruler,
        rulers.ind_ruler,
        rulers.band_ruler,
        rulers.bound_ruler,
        rulers.share_ruler,
        rulers.wd_ruler,
    )
}
