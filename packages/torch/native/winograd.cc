// semblance::winograd_conv3x3: a dense 3×3 convolution of stride 1 and padding 1 at a quarter of the products.
//
// That is most of what an IResNet computes. Blocks of tiles are transformed to 36 points, where the convolution is a
// matrix product for each, and back (winograd-kernels.h). The gradient of the input is the same convolution with the
// filters turned; that of the filters is the sum of products at the points, transformed back once. Float32's error is
// about four times that of a direct convolution, ten times for the filters' gradient. Channels-last memory, channels multiples of 16, a CPU with AVX-512:
// elsewhere the operator is libtorch's own convolution. Sums have one order whatever the number of threads.
#include "no-second-gradient.h"
#include "winograd-kernels.h"
#include "state.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>

namespace semblance {
namespace winograd {
namespace {

#ifdef __x86_64__
#define WIDE __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma,prefer-vector-width=512")))
bool is_fast() {
  static const bool fast = (__builtin_cpu_init(), __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl"));
  return fast;
}
#else
#define WIDE
bool is_fast() { return false; }
#endif
#define WIDE_KERNEL static WIDE __attribute__((noinline)) void

WIDE_KERNEL input_to_points(const float* const* from, int64_t channels, float* to, int64_t stride) { transform_input(from, channels, to, stride); }
WIDE_KERNEL gradient_to_points(const float* const* from, int64_t channels, float* to, int64_t stride) { transform_gradient(from, channels, to, stride); }
WIDE_KERNEL points_to_output(const float* from, int64_t stride, int64_t channels, float* const* to) { transform_output(from, stride, channels, to); }
WIDE_KERNEL products(const float* a, int64_t lda, const float* b, int64_t rows, int64_t depth, int64_t width, float* out, int64_t ldo) {
  multiply_panels(a, lda, b, rows, depth, width, out, ldo);
}
WIDE_KERNEL summed_products(const float* a, int64_t lda, const float* b, int64_t ldb, int64_t depth, int64_t height, int64_t width, float* out) {
  add_product(a, lda, b, ldb, depth, height, width, out);
}

// G·g·Gᵀ of input channel c for sixteen outputs from n: u gets 36 matrices [depth, width] in panels.
WIDE_KERNEL filter_to_points(const float* filters, int64_t c, int64_t n, int64_t depth, int64_t width, bool turned, float* u) {
  Vector g[9], half[6][3];
  for (int k = 0; k < 9; k++) g[k] = LOAD(filters + ((turned ? 8 - k : k) * depth + c) * width + n);
  for (int i = 0; i < 6; i++)
    for (int x = 0; x < 3; x++) half[i][x] = kG[i][0] * g[x] + kG[i][1] * g[3 + x] + kG[i][2] * g[6 + x];
  const int64_t panel = n / kPanel * kPanel, columns = std::min(kPanel, width - panel);
  float* to = u + panel * depth + c * columns + (n - panel);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) STORE(to + (6 * i + j) * depth * width) = kG[j][0] * half[i][0] + kG[j][1] * half[i][1] + kG[j][2] * half[i][2];
}

// Gᵀ·u·G: the gradient of the filters [9, height, width] from that at the points.
WIDE_KERNEL points_to_filter(const float* u, int64_t c, int64_t height, int64_t width, float* filters) {
  for (int64_t n = 0; n < width; n += kLanes) {
    Vector half[3][6];
    for (int j = 0; j < 6; j++)
      for (int y = 0; y < 3; y++) {
        Vector sum = {};
        for (int i = 0; i < 6; i++) sum += kG[i][y] * LOAD(u + ((6 * i + j) * height + c) * width + n);
        half[y][j] = sum;
      }
    for (int k = 0; k < 9; k++) {
      Vector sum = {};
      for (int j = 0; j < 6; j++) sum += kG[j][k % 3] * half[k / 3][j];
      STORE(filters + (k * height + c) * width + n) = sum;
    }
  }
}

// Tiles that a thread transforms at a time, and all threads for the gradient of the filters: what the caches hold.
constexpr int64_t kTilesAtATime = 64;
constexpr int64_t kTilesOfGradient = 512;
// Rows of matrices are set apart by this, or they would meet in the same lines of the cache.
constexpr int64_t kGap = 16;
constexpr int64_t kMostChannels = 4096;
const float kZeros[kMostChannels] = {};

struct Tiles {
  int64_t images, height, width, down, across;
  explicit Tiles(const at::Tensor& x) : images(x.size(0)), height(x.size(2)), width(x.size(3)), down((x.size(2) + 3) / 4), across((x.size(3) + 3) / 4) {}
  int64_t count() const { return images * down * across; }

  // The rows of channels of a tile's side × side positions, its corner moved by `offset`; `outside` where there is none.
  template <int side, typename T>
  void rows(int64_t tile, int offset, T* data, int64_t channels, T* outside, T** out) const {
    const int64_t image = tile / (down * across), place = tile % (down * across);
    const int64_t top = place / across * 4 + offset, left = place % across * 4 + offset;
    for (int y = 0; y < side; y++)
      for (int x = 0; x < side; x++) {
        const int64_t row = top + y, column = left + x;
        const bool inside = row >= 0 && row < height && column >= 0 && column < width;
        out[side * y + x] = inside ? data + ((image * height + row) * width + column) * channels : outside;
      }
  }
};

at::Tensor last(const at::Tensor& x) { return x.contiguous(at::MemoryFormat::ChannelsLast); }

// The convolution of x with weight [K, C, 3, 3], or of a gradient [N, K, H, W] with the filters turned.
at::Tensor convolve(const at::Tensor& input, const at::Tensor& weight, bool turned) {
  at::Tensor x = last(input);
  const Tiles tiles(x);
  const int64_t depth = x.size(1), width = weight.size(turned ? 1 : 0);
  at::Tensor filters = (turned ? weight.permute({2, 3, 0, 1}) : weight.permute({2, 3, 1, 0})).contiguous();
  at::Tensor u = at::empty({kPoints * depth * width}, x.options());
  at::Tensor y = at::empty({x.size(0), width, x.size(2), x.size(3)}, x.options(), at::MemoryFormat::ChannelsLast);
  const float *px = x.data_ptr<float>(), *pf = filters.data_ptr<float>();
  float *py = y.data_ptr<float>(), *pu = u.data_ptr<float>();
  at::parallel_for(0, depth, 1, [&](int64_t first, int64_t end) {
    for (int64_t c = first; c < end; c++)
      for (int64_t n = 0; n < width; n += kLanes) filter_to_points(pf, c, n, depth, width, turned, pu);
  });

  const int64_t lda = depth + kGap, ldo = width + kGap;
  const int64_t in_stride = kTilesAtATime * lda + kGap, out_stride = kTilesAtATime * ldo + kGap;
  const int64_t own = kPoints * (in_stride + out_stride) + width;
  at::Tensor work = at::empty({own * at::get_num_threads()}, x.options());
  float* all = work.data_ptr<float>();
  const int64_t blocks = (tiles.count() + kTilesAtATime - 1) / kTilesAtATime;
  at::parallel_for(0, blocks, 1, [&](int64_t first, int64_t end) {
    float* v = all + at::get_thread_num() * own;
    float *o = v + kPoints * in_stride, *unused = o + kPoints * out_stride;
    const float* from[kPoints];
    float* to[16];
    for (int64_t block = first; block < end; block++) {
      const int64_t begin = block * kTilesAtATime, stop = std::min(tiles.count(), begin + kTilesAtATime);
      const int64_t rows = (stop - begin + kRows - 1) / kRows * kRows;
      for (int64_t tile = begin; tile < stop; tile++) {
        tiles.rows<6, const float>(tile, -1, px, depth, kZeros, from);
        input_to_points(from, depth, v + (tile - begin) * lda, in_stride);
      }
      for (int64_t row = stop - begin; row < rows; row++)
        for (int i = 0; i < kPoints; i++) std::fill_n(v + i * in_stride + row * lda, depth, 0.f);
      for (int i = 0; i < kPoints; i++) products(v + i * in_stride, lda, pu + i * depth * width, rows, depth, width, o + i * out_stride, ldo);
      for (int64_t tile = begin; tile < stop; tile++) {
        tiles.rows<4, float>(tile, 0, py, width, unused, to);
        points_to_output(o + (tile - begin) * ldo, out_stride, width, to);
      }
    }
  });
  return y;
}

at::Tensor weight_gradient(const at::Tensor& input, const at::Tensor& gradient) {
  at::Tensor x = last(input), dy = last(gradient);
  const Tiles tiles(x);
  const int64_t height = x.size(1), width = dy.size(1), most = std::min(kTilesOfGradient, tiles.count());
  const int64_t lda = height + kGap, ldb = width + kGap;
  const int64_t in_stride = most * lda + kGap, out_stride = most * ldb + kGap;
  at::Tensor work = at::empty({kPoints * (in_stride + out_stride)}, x.options());
  at::Tensor sums = at::zeros({kPoints, height, width}, x.options());
  const float *px = x.data_ptr<float>(), *pg = dy.data_ptr<float>();
  float *v = work.data_ptr<float>(), *g = v + kPoints * in_stride, *pu = sums.data_ptr<float>();
  for (int64_t begin = 0; begin < tiles.count(); begin += most) {
    const int64_t stop = std::min(tiles.count(), begin + most);
    at::parallel_for(begin, stop, 1, [&](int64_t first, int64_t end) {
      const float *from[kPoints], *of[16];
      for (int64_t tile = first; tile < end; tile++) {
        tiles.rows<6, const float>(tile, -1, px, height, kZeros, from);
        input_to_points(from, height, v + (tile - begin) * lda, in_stride);
        tiles.rows<4, const float>(tile, 0, pg, width, kZeros, of);
        gradient_to_points(of, width, g + (tile - begin) * ldb, out_stride);
      }
    });
    at::parallel_for(0, kPoints, 1, [&](int64_t first, int64_t end) {
      for (int64_t i = first; i < end; i++)
        summed_products(v + i * in_stride, lda, g + i * out_stride, ldb, stop - begin, height, width, pu + i * height * width);
    });
  }
  at::Tensor filters = at::empty({3, 3, height, width}, x.options());
  float* pf = filters.data_ptr<float>();
  at::parallel_for(0, height, 1, [&](int64_t first, int64_t end) {
    for (int64_t c = first; c < end; c++) points_to_filter(pu, c, height, width, pf);
  });
  return filters.permute({3, 2, 0, 1}).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight) {
  const auto fits = [](int64_t channels) { return channels > 0 && channels % kLanes == 0 && channels <= kMostChannels; };
  TORCH_CHECK(x.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat && x.dim() == 4 && fits(x.size(1)),
              "Expected a float32 tensor [N, C, H, W] for x, C a multiple of ", kLanes, " up to ", kMostChannels);
  TORCH_CHECK(weight.dim() == 4 && fits(weight.size(0)) && weight.sizes().slice(1) == at::IntArrayRef({x.size(1), 3, 3}), "Expected [K, ", x.size(1),
              ", 3, 3] for weight, K a multiple of ", kLanes, " up to ", kMostChannels);
  return is_fast() && x.numel() > 0 ? convolve(x, weight, false) : at::conv2d(x, weight, {}, 1, 1);
}

struct WinogradConv : torch::autograd::Function<WinogradConv> {
  static at::Tensor forward(torch::autograd::AutogradContext* ctx, const at::Tensor& x, const at::Tensor& weight) {
    at::AutoDispatchBelowADInplaceOrView below;
    ctx->save_for_backward({x, weight});
    return winograd::forward(x, weight);
  }

  static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::tensor_list grads) {
    no_second_gradient("winograd_conv3x3");
    auto saved = ctx->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1], &dy = grads[0];
    const bool wants_x = ctx->needs_input_grad(0), wants_weight = ctx->needs_input_grad(1);
    if (!is_fast() || x.numel() == 0) {
      auto [dx, dw, db] = at::convolution_backward(dy, x, weight, at::OptionalIntArrayRef(), {1, 1}, {1, 1}, {1, 1}, false, {0, 0}, 1, {wants_x, wants_weight, false});
      return {dx, dw};
    }
    return {wants_x ? convolve(dy, weight, true) : at::Tensor(), wants_weight ? weight_gradient(x, dy) : at::Tensor()};
  }
};

}  // namespace
}  // namespace winograd
}  // namespace semblance

TORCH_LIBRARY_FRAGMENT(semblance, m) { m.def("winograd_conv3x3(Tensor x, Tensor weight) -> Tensor"); }
TORCH_LIBRARY_IMPL(semblance, CPU, m) { m.impl("winograd_conv3x3", semblance::winograd::forward); }
TORCH_LIBRARY_IMPL(semblance, AutogradCPU, m) { m.impl("winograd_conv3x3", [](const at::Tensor& x, const at::Tensor& weight) { return semblance::winograd::WinogradConv::apply(x, weight); }); }
