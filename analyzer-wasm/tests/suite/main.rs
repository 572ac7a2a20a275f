//! Tests of the analyzer from outside: bytes in, reports out.

mod chunking;
mod damage;
mod detail;
mod forms;
mod golden;
mod normalization;
mod rates;
mod support;
