//! Charts as functions: columns → scene → draw → canvas. Everything before the canvas is pure.

pub mod canvas;
pub mod columns;
pub mod downsample;
pub mod draw;
pub mod hover;
pub mod legend;
pub mod line_chart;
pub mod metric;
pub mod projection;
pub mod scene;
pub mod summary;
pub mod theme;
pub mod ticks;

pub use columns::ChartData;
pub use line_chart::LineChart;
pub use metric::MetricSpec;
pub use theme::Theme;
