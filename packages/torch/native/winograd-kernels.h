// Winograd's F(4×4, 3×3): the pieces of a 3×3 convolution in a 6×6 grid of points, for one tile of 4×4 results.
//
//   y = Aᵀ[(G·g·Gᵀ) ⊙ (Bᵀ·d·B)]·A      of a 6×6 tile d of the input and a 3×3 filter g: 36 products in place of 144
//
// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016). Sixteen channels to a vector.
#pragma once

#include "kernels.h"

namespace semblance {
namespace winograd {

constexpr int kPoints = 36;
// Rows of a matrix product that are computed together, and its columns: what registers hold.
constexpr int64_t kRows = 8;
constexpr int64_t kPanel = 2 * kLanes;

constexpr float kG[6][3] = {{1.f / 4, 0, 0}, {-1.f / 6, -1.f / 6, -1.f / 6}, {-1.f / 6, 1.f / 6, -1.f / 6},
                            {1.f / 24, 1.f / 12, 1.f / 6}, {1.f / 24, -1.f / 12, 1.f / 6}, {0, 0, 1}};

// Bᵀ·d of six values.
KERNEL to_points(const Vector (&d)[6], Vector (&out)[6]) {
  const Vector a = d[4] - 4.f * d[2], b = d[3] - 4.f * d[1], c = d[4] - d[2], e = 2.f * (d[3] - d[1]);
  out[0] = 4.f * d[0] - 5.f * d[2] + d[4];
  out[1] = a + b;
  out[2] = a - b;
  out[3] = c + e;
  out[4] = c - e;
  out[5] = 4.f * d[1] - 5.f * d[3] + d[5];
}

// Aᵀ·m of six values.
KERNEL from_points(const Vector (&m)[6], Vector (&out)[4]) {
  const Vector s1 = m[1] + m[2], s2 = m[3] + m[4], e1 = m[1] - m[2], e2 = m[3] - m[4];
  out[0] = m[0] + s1 + s2;
  out[1] = e1 + 2.f * e2;
  out[2] = s1 + 4.f * s2;
  out[3] = e1 + 8.f * e2 + m[5];
}

// A·y of four values: what `from_points` becomes in the gradient.
KERNEL spread_points(const Vector (&y)[4], Vector (&out)[6]) {
  const Vector s = y[0] + y[2], e = y[1] + y[3], s2 = y[0] + 4.f * y[2], e2 = 2.f * y[1] + 8.f * y[3];
  out[0] = y[0];
  out[1] = s + e;
  out[2] = s - e;
  out[3] = s2 + e2;
  out[4] = s2 - e2;
  out[5] = y[3];
}

// `from` names the rows of channels of a FROM × FROM tile, row by row; `to` gets TO × TO of them, `stride` apart.
#define TRANSFORM(name, FROM, TO, step)                                                                 \
  KERNEL name(const float* const* from, int64_t channels, Out to, int64_t stride) {                     \
    for (int64_t c = 0; c < channels; c += kLanes) {                                                    \
      Vector half[TO][FROM];                                                                            \
      for (int x = 0; x < FROM; x++) {                                                                  \
        Vector column[FROM], points[TO];                                                                \
        for (int y = 0; y < FROM; y++) column[y] = LOAD(from[FROM * y + x] + c);                        \
        step(column, points);                                                                           \
        for (int y = 0; y < TO; y++) half[y][x] = points[y];                                            \
      }                                                                                                 \
      for (int y = 0; y < TO; y++) {                                                                    \
        Vector points[TO];                                                                              \
        step(half[y], points);                                                                          \
        for (int x = 0; x < TO; x++) STORE(to + (TO * y + x) * stride + c) = points[x];                 \
      }                                                                                                 \
    }                                                                                                   \
  }

TRANSFORM(transform_input, 6, 6, to_points)
TRANSFORM(transform_gradient, 4, 6, spread_points)

// 36 points, `stride` apart, to the 4×4 rows of channels that `to` names.
KERNEL transform_output(In from, int64_t stride, int64_t channels, float* const* to) {
  for (int64_t c = 0; c < channels; c += kLanes) {
    Vector half[4][6];
    for (int x = 0; x < 6; x++) {
      Vector column[6], values[4];
      for (int y = 0; y < 6; y++) column[y] = LOAD(from + (6 * y + x) * stride + c);
      from_points(column, values);
      for (int y = 0; y < 4; y++) half[y][x] = values[y];
    }
    for (int y = 0; y < 4; y++) {
      Vector values[4];
      from_points(half[y], values);
      for (int x = 0; x < 4; x++) STORE(to[4 * y + x] + c) = values[x];
    }
  }
}

// out[kRows, 16·V] = a[kRows, depth]·b[depth, 16·V]; turned: out += a[depth, kRows]ᵀ·b.
template <int V, bool turned>
KERNEL multiply(In a, int64_t lda, In b, int64_t ldb, int64_t depth, Out out, int64_t ldo) {
  Vector sums[kRows][V] = {};
  if (turned)
    for (int r = 0; r < kRows; r++)
      for (int v = 0; v < V; v++) sums[r][v] = LOAD(out + r * ldo + v * kLanes);
  for (int64_t k = 0; k < depth; k++) {
    Vector row[V];
#pragma GCC unroll 2
    for (int v = 0; v < V; v++) row[v] = LOAD(b + k * ldb + v * kLanes);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; r++) {
      const float factor = turned ? a[k * lda + r] : a[r * lda + k];
#pragma GCC unroll 2
      for (int v = 0; v < V; v++) sums[r][v] += factor * row[v];
    }
  }
  for (int r = 0; r < kRows; r++)
    for (int v = 0; v < V; v++) STORE(out + r * ldo + v * kLanes) = sums[r][v];
}

// out[rows, width] = a[rows, depth]·b, b in panels of 32 columns (the last may have 16); rows a multiple of 8.
KERNEL multiply_panels(In a, int64_t lda, In b, int64_t rows, int64_t depth, int64_t width, Out out, int64_t ldo) {
  for (int64_t n = 0; n < width; n += kPanel)
    for (int64_t r = 0; r < rows; r += kRows)
      if (width - n >= kPanel)
        multiply<2, false>(a + r * lda, lda, b + n * depth, kPanel, depth, out + r * ldo + n, ldo);
      else
        multiply<1, false>(a + r * lda, lda, b + n * depth, kLanes, depth, out + r * ldo + n, ldo);
}

// out[height, width] += a[depth, height]ᵀ·b[depth, width]; height a multiple of 8, width of 16.
KERNEL add_product(In a, int64_t lda, In b, int64_t ldb, int64_t depth, int64_t height, int64_t width, Out out) {
  for (int64_t n = 0; n < width; n += kPanel)
    for (int64_t r = 0; r < height; r += kRows)
      if (width - n >= kPanel)
        multiply<2, true>(a + r, lda, b + n, ldb, depth, out + r * width + n, width);
      else
        multiply<1, true>(a + r, lda, b + n, ldb, depth, out + r * width + n, width);
}

}  // namespace winograd
}  // namespace semblance
