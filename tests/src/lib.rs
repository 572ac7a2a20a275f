//! Shared support of the whole-product tests.
