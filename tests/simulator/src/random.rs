//! Random numbers that depend on the seed only, on every machine and in every version: ChaCha8 and arithmetic in a
//! fixed order.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};

/// 2^53: the number of values of a draw in 0..1.
const UNITS: f64 = 9_007_199_254_740_992.0;
/// From this mean on, a binomial draw is approximated by the normal distribution.
const MANY: f64 = 12.0;

/// A generator of random numbers.
#[derive(Debug)]
pub struct Random(ChaCha8Rng);

impl Random {
    /// The generator of a seed. Each `purpose` has a sequence of its own.
    #[must_use]
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut key = [0; 32];
        for (place, byte) in key.iter_mut().zip(seed.to_le_bytes().into_iter().chain(purpose.to_le_bytes())) {
            *place = byte;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Uniform in 0..1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / UNITS
    }

    /// Uniform in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.unit() * (high - low)
    }

    /// A uniform integer in `low..=high`.
    pub fn whole(&mut self, low: u64, high: u64) -> u64 {
        let span = high.saturating_sub(low) + 1;
        low + (self.unit() * span as f64) as u64
    }

    /// True with this probability.
    pub fn yes(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Approximately normal with mean 0 and standard deviation 1, within ±3.5.
    pub fn normal(&mut self) -> f64 {
        let sum = self.unit() + self.unit() + self.unit() + self.unit();
        (sum - 2.0) * 3.0_f64.sqrt()
    }

    /// Binomial: how many of `count` trials succeed with this probability.
    pub fn binomial(&mut self, count: u32, probability: f64) -> u32 {
        if count == 0 || probability <= 0.0 {
            return 0;
        }
        if probability >= 1.0 {
            return count;
        }
        let mean = f64::from(count) * probability;
        if mean > MANY {
            let deviation = (mean * (1.0 - probability)).sqrt();
            let drawn = (mean + self.normal() * deviation).round().clamp(0.0, f64::from(count));
            return drawn as u32;
        }
        let mut left = self.unit();
        let odds = probability / (1.0 - probability);
        let mut random = power(1.0 - probability, count);
        for happened in 0..count {
            if left < random {
                return happened;
            }
            left -= random;
            random *= odds * f64::from(count - happened) / f64::from(happened + 1);
        }
        count
    }

    /// A uniformly chosen element; `None` if there is none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let last = u64::try_from(from.len()).ok()?.checked_sub(1)?;
        from.get(usize::try_from(self.whole(0, last)).ok()?)
    }

    /// Shuffles the items.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.whole(0, last as u64) as usize);
        }
    }

    /// Lower-case hexadecimal digits.
    pub fn hex(&mut self, digits: usize) -> String {
        (0..digits).filter_map(|_| char::from_digit(self.whole(0, 15) as u32, 16)).collect()
    }

    /// A random UUID.
    pub fn uuid(&mut self) -> String {
        let [a, b, c, d, e] = [8, 4, 3, 3, 12].map(|digits| self.hex(digits));
        format!("{a}-{b}-4{c}-a{d}-{e}")
    }

    /// Letters and digits, as ids of reports and candidates have.
    pub fn token(&mut self, length: usize) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        (0..length).filter_map(|_| self.pick(ALPHABET).map(|byte| char::from(*byte))).collect()
    }
}

/// A power by multiplications in a fixed order; the result of `powi` may differ by machine and optimization.
fn power(base: f64, exponent: u32) -> f64 {
    let (mut result, mut square, mut left) = (1.0, base, exponent);
    while left > 0 {
        if left % 2 == 1 {
            result *= square;
        }
        square *= square;
        left /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_and_the_purpose_decide_every_draw() {
        let draws = |seed, purpose| {
            let mut random = Random::new(seed, purpose);
            (random.hex(8), random.whole(1, 6), random.uuid())
        };
        assert_eq!(draws(1, 0), draws(1, 0));
        assert_ne!(draws(1, 0), draws(2, 0));
        assert_ne!(draws(1, 0), draws(1, 1));
        assert_eq!(Random::new(7, 7).hex(16), "f0d43a57102e6e80", "shipped files depend on this value");
    }

    #[test]
    fn binomial_draws_have_their_mean() {
        let mut random = Random::new(3, 0);
        for (count, probability) in [(50, 0.002), (50, 0.1), (250, 0.3), (10, 1.0), (10, 0.0)] {
            let draws = 20_000;
            let sum: u64 = (0..draws).map(|_| u64::from(random.binomial(count, probability))).sum();
            let (mean, expect) = (sum as f64 / f64::from(draws), f64::from(count) * probability);
            assert!((mean - expect).abs() <= expect * 0.1, "{count} × {probability}: {mean}");
        }
    }
}
