//! Affine maps, as written in PDF 1.7, 8.3.3 and GB/T 33190, 8.1.

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::source::formats) struct Matrix(pub(in crate::source::formats) [f64; 6]);

impl Matrix {
    pub(in crate::source::formats) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A shift.
    pub(in crate::source::formats) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// `self` first, then `after`.
    pub(in crate::source::formats) fn then(self, after: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, after.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mapped(matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = matrix.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    proptest! {
        #[test]
        fn one_after_the_other_maps_like_both(one in prop::array::uniform6(-9_i8..9), other in prop::array::uniform6(-9_i8..9), x in -9_i8..9, y in -9_i8..9) {
            // Whole numbers are exact.
            let (one, other) = (Matrix(one.map(f64::from)), Matrix(other.map(f64::from)));
            let (x, y) = (f64::from(x), f64::from(y));
            let (at_x, at_y) = mapped(one, x, y);
            prop_assert_eq!(mapped(one.then(other), x, y), mapped(other, at_x, at_y));
            prop_assert_eq!(one.then(Matrix::IDENTITY), one);
            prop_assert_eq!(Matrix::IDENTITY.then(one), one);
            prop_assert_eq!(mapped(Matrix::shift(2.0, 3.0), x, y), (x + 2.0, y + 3.0));
        }
    }
}
