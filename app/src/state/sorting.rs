//! The order of rows of a table: by one column, ascending or descending, rows without data last.

use std::cmp::Ordering;

/// The indices `0..count` in order; the sort is stable. All lists of the page are sorted by this function, because each
/// instance of a sort for another type adds some kilobytes of code.
#[must_use]
pub fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|left, right| compare(*left, *right));
    places
}

/// The column to sort by, and the direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// The index of the column.
    pub column: usize,
    /// Whether the largest value is first.
    pub descending: bool,
}

impl Sorting {
    /// The order after a click on the header of a column: descending, then ascending, then unsorted.
    #[must_use]
    pub fn clicked(current: Option<Self>, column: usize) -> Option<Self> {
        match current {
            Some(Self { column: same, descending: true }) if same == column => {
                Some(Self { column, descending: false })
            }
            Some(Self { column: same, descending: false }) if same == column => None,
            _ => Some(Self { column, descending: true }),
        }
    }

    /// The order of two rows by their values.
    #[must_use]
    pub fn compare(self, left: Option<f64>, right: Option<f64>) -> Ordering {
        match (left, right) {
            (Some(left), Some(right)) if self.descending => right.total_cmp(&left),
            (Some(left), Some(right)) => left.total_cmp(&right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_go_round() {
        let down = Sorting::clicked(None, 3);
        let up = Sorting::clicked(down, 3);
        assert_eq!(down, Some(Sorting { column: 3, descending: true }));
        assert_eq!(up, Some(Sorting { column: 3, descending: false }));
        assert_eq!(Sorting::clicked(up, 3), None);
        assert_eq!(Sorting::clicked(up, 1), Some(Sorting { column: 1, descending: true }));
    }

    #[test]
    fn rows_without_data_are_last_either_way() {
        for descending in [true, false] {
            let sorting = Sorting { column: 0, descending };
            let mut rows = [None, Some(1.0), Some(2.0)];
            rows.sort_by(|left, right| sorting.compare(*left, *right));
            assert_eq!(rows[2], None);
            assert_eq!(rows[0], Some(if descending { 2.0 } else { 1.0 }));
        }
    }
}
