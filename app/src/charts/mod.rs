//! Charts as functions: columns → visible lines → scene → drawing → canvas. Everything before the canvas is pure.

pub mod bands;
pub mod canvas;
pub mod columns;
pub mod downsample;
pub mod draw;
pub mod hover;
pub mod legend;
pub mod line_chart;
pub mod marked;
pub mod metric;
pub mod picked;
pub mod projection;
pub mod scale;
pub mod scene;
pub mod stream_styles;
pub mod summary;
pub mod theme;
pub mod ticks;

pub use columns::ChartData;
pub use line_chart::{ChartSpec, LineChart};
pub use marked::{Marked, marked};
pub use metric::{MetricSpec, chart_of};
pub use picked::{Choice, Series, picked};
pub use scale::Scale;
pub use stream_styles::StreamStyles;
pub use theme::Theme;
