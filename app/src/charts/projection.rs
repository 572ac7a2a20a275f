//! Values to pixels and back, along one axis.

/// A linear map from a range of values to a range of pixels; either may be descending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    values: (f64, f64),
    pixels: (f64, f64),
}

impl Projection {
    /// Maps the first value to the first pixel and the second to the second.
    #[must_use]
    pub fn new(values: (f64, f64), pixels: (f64, f64)) -> Self {
        Self { values, pixels }
    }

    /// The pixel of a value.
    #[must_use]
    pub fn px_from(&self, value: f64) -> f64 {
        map(value, self.values, self.pixels)
    }

    /// The value of a pixel, clamped to the range.
    #[must_use]
    pub fn value_from(&self, px: f64) -> f64 {
        let (low, high) = (self.values.0.min(self.values.1), self.values.0.max(self.values.1));
        map(px, self.pixels, self.values).clamp(low, high)
    }
}

fn map(x: f64, from: (f64, f64), to: (f64, f64)) -> f64 {
    let span = from.1 - from.0;
    if span == 0.0 { (to.0 + to.1) / 2.0 } else { to.0 + (x - from.0) / span * (to.1 - to.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_the_round_trip() {
        let upside_down = Projection::new((0.0, 50.0), (100.0, 0.0));
        for (value, px) in [(0.0, 100.0), (50.0, 0.0), (12.5, 75.0)] {
            assert!((upside_down.px_from(value) - px).abs() < 1e-9);
            assert!((upside_down.value_from(px) - value).abs() < 1e-9);
        }
    }

    #[test]
    fn pixels_outside_of_the_plot_give_its_ends() {
        let time = Projection::new((1000.0, 2000.0), (40.0, 440.0));
        assert!((time.value_from(0.0) - 1000.0).abs() < 1e-9);
        assert!((time.value_from(9999.0) - 2000.0).abs() < 1e-9);
    }

    #[test]
    fn an_empty_range_maps_to_the_middle() {
        assert!((Projection::new((5.0, 5.0), (0.0, 10.0)).px_from(5.0) - 5.0).abs() < 1e-9);
    }
}
