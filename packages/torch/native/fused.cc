// semblance::batch_norm_prelu: training-mode batch norm followed by PReLU, as one operator with its own gradient.
//
//   x̂ = (x − mean) / √(var + eps);  y = γ·x̂ + β;  z = y > 0 ? y : a·y
//
// Done apart, the two read and write each activation ten times in a training step, and libtorch 1.13's gradient
// of PReLU alone costs four times that of LeakyReLU. Together they need two passes forward (sums; result) and two
// backward (sums; gradient), and only x is kept. Rows are positions (N·H·W), columns channels: channels-last
// memory or [N, D]. Sums are made in a fixed number of chunks and added in order: the same result with any
// number of threads.
#include "kernels.h"
#include "no-second-gradient.h"
#include "state.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <cmath>

namespace semblance {
namespace {

using Sums = double* __restrict__;

constexpr int64_t kChunks = 64;
// Float sums of this many rows are exact enough; they are then added up in double.
constexpr int64_t kBlockRows = 64;

struct Rows {
  int64_t rows, channels;
  int64_t begin(int64_t chunk) const { return rows * chunk / kChunks; }
};

// Σ(x − shift) and Σ(x − shift)² by channel over rows [from, to).
KERNEL sum_rows(In x, In shift, int64_t from, int64_t to, int64_t channels, Out block, Sums out) {
  for (int64_t start = from; start < to; start += kBlockRows) {
    const int64_t end = std::min(to, start + kBlockRows);
    std::fill(block, block + 2 * channels, 0.f);
    Out s1 = block;
    Out s2 = block + channels;
    for (int64_t row = start; row < end; row++) {
      In p = x + row * channels;
      for (int64_t c = 0; c < channels; c++) {
        const float d = p[c] - shift[c];
        s1[c] += d;
        s2[c] += d * d;
      }
    }
    for (int64_t c = 0; c < 2 * channels; c++) out[c] += block[c];
  }
}

// z = prelu(scale·x + offset)
KERNEL apply_rows(In x, In scale, In offset, In slope, int64_t from, int64_t to, int64_t channels, Out z) {
  for (int64_t row = from; row < to; row++) {
    In p = x + row * channels;
    Out q = z + row * channels;
    for (int64_t c = 0; c < channels; c++) {
      const float y = scale[c] * p[c] + offset[c];
      q[c] = y > 0.f ? y : slope[c] * y;
    }
  }
}

// Σ dy, Σ dy·x̂ and Σ dz·min(y, 0) by channel, where dy = dz·(y > 0 ? 1 : a).
KERNEL sum_gradient(In x, In dz, In mean, In invstd, In scale, In offset,
                          In slope, int64_t from, int64_t to, int64_t channels, Out block, Sums out) {
  for (int64_t start = from; start < to; start += kBlockRows) {
    const int64_t end = std::min(to, start + kBlockRows);
    std::fill(block, block + 3 * channels, 0.f);
    Out s_dy = block;
    Out s_dyx = block + channels;
    Out s_slope = block + 2 * channels;
    for (int64_t row = start; row < end; row++) {
      In p = x + row * channels;
      In g = dz + row * channels;
      for (int64_t c = 0; c < channels; c++) {
        const float y = scale[c] * p[c] + offset[c];
        const float dy = y > 0.f ? g[c] : slope[c] * g[c];
        s_dy[c] += dy;
        s_dyx[c] += dy * (p[c] - mean[c]) * invstd[c];
        s_slope[c] += y > 0.f ? 0.f : g[c] * y;
      }
    }
    for (int64_t c = 0; c < 3 * channels; c++) out[c] += block[c];
  }
}

// dx = scale·(dy − a1 − x̂·a2), where a1 and a2 are the means of dy and dy·x̂.
KERNEL apply_gradient(In x, In dz, In mean, In invstd, In scale, In offset,
                     In slope, In a1, In a2, int64_t from, int64_t to, int64_t channels, Out dx) {
  for (int64_t row = from; row < to; row++) {
    In p = x + row * channels;
    In g = dz + row * channels;
    Out q = dx + row * channels;
    for (int64_t c = 0; c < channels; c++) {
      const float y = scale[c] * p[c] + offset[c];
      const float dy = y > 0.f ? g[c] : slope[c] * g[c];
      q[c] = scale[c] * (dy - a1[c] - (p[c] - mean[c]) * invstd[c] * a2[c]);
    }
  }
}

struct Kernels {
  decltype(&sum_rows) sums;
  decltype(&apply_rows) apply;
  decltype(&sum_gradient) gradient_sums;
  decltype(&apply_gradient) gradient;
};

#define KERNELS_FOR(name, target)                                                                                       \
  const Kernels name = {                                                                                                \
      [](In x, In shift, int64_t from, int64_t to, int64_t channels, Out block, Sums out) target {                      \
        sum_rows(x, shift, from, to, channels, block, out);                                                                 \
      },                                                                                                                \
      [](In x, In scale, In offset, In slope, int64_t from, int64_t to, int64_t channels, Out z) target {               \
        apply_rows(x, scale, offset, slope, from, to, channels, z);                                                          \
      },                                                                                                                \
      [](In x, In dz, In mean, In invstd, In scale, In offset, In slope, int64_t from, int64_t to, int64_t channels,    \
         Out block, Sums out) target { sum_gradient(x, dz, mean, invstd, scale, offset, slope, from, to, channels, block, out); }, \
      [](In x, In dz, In mean, In invstd, In scale, In offset, In slope, In a1, In a2, int64_t from, int64_t to,        \
         int64_t channels, Out dx) target { apply_gradient(x, dz, mean, invstd, scale, offset, slope, a1, a2, from, to, channels, dx); }};

KERNELS_OF_EACH_WIDTH

// Runs fn(chunk, block, sums) over all chunks in parallel and adds the chunks' sums in order.
template <typename Fn>
std::vector<double> reduce(int64_t width, Fn fn) {
  std::vector<double> partial(kChunks * width, 0.0), total(width, 0.0);
  at::parallel_for(0, kChunks, 1, [&](int64_t first, int64_t last) {
    std::vector<float> block(width);
    for (int64_t chunk = first; chunk < last; chunk++) fn(chunk, block.data(), partial.data() + chunk * width);
  });
  for (int64_t chunk = 0; chunk < kChunks; chunk++)
    for (int64_t i = 0; i < width; i++) total[i] += partial[chunk * width + i];
  return total;
}

at::Tensor rows_of(const at::Tensor& x) {
  return x.dim() == 4 ? x.contiguous(at::MemoryFormat::ChannelsLast) : x.contiguous();
}

Rows layout(const at::Tensor& x) { return {x.numel() / x.size(1), x.size(1)}; }

at::Tensor slopes(const at::Tensor& slope, int64_t channels) { return slope.expand({channels}).contiguous(); }

struct Forward {
  at::Tensor z, mean, invstd;
};

Forward forward(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, at::Tensor running_mean, at::Tensor running_var,
                const at::Tensor& slope, double momentum, double eps) {
  TORCH_CHECK(input.scalar_type() == at::kFloat && (input.dim() == 4 || input.dim() == 2), "Expected a float32 tensor of 2 or 4 dimensions for x");
  at::Tensor x = rows_of(input);
  auto [rows, channels] = layout(x);
  TORCH_CHECK(rows > 1, "Expected more than one value by channel while training");
  TORCH_CHECK(weight.numel() == channels && bias.numel() == channels && (slope.numel() == channels || slope.numel() == 1),
              "Expected weight, bias and slope for ", channels, " channels");
  const Rows range{rows, channels};
  const float* data = x.data_ptr<float>();
  // The first row as origin keeps the squares small where the mean is far from 0.
  const float* shift = data;
  const auto total = reduce(2 * channels, [&](int64_t chunk, float* block, double* out) {
    kernels().sums(data, shift, range.begin(chunk), range.begin(chunk + 1), channels, block, out);
  });

  Forward result{at::empty_like(x), at::empty({channels}, x.options()), at::empty({channels}, x.options())};
  at::Tensor scale = at::empty({channels}, x.options()), offset = at::empty({channels}, x.options());
  at::Tensor w = weight.contiguous(), b = bias.contiguous(), a = slopes(slope, channels);
  float *mean = result.mean.data_ptr<float>(), *invstd = result.invstd.data_ptr<float>();
  float *r_mean = running_mean.data_ptr<float>(), *r_var = running_var.data_ptr<float>();
  for (int64_t c = 0; c < channels; c++) {
    const double m = total[c] / rows;
    const double var = std::max(0.0, total[channels + c] / rows - m * m);
    mean[c] = static_cast<float>(m + shift[c]);
    invstd[c] = static_cast<float>(1.0 / std::sqrt(var + eps));
    scale.data_ptr<float>()[c] = w.data_ptr<float>()[c] * invstd[c];
    offset.data_ptr<float>()[c] = b.data_ptr<float>()[c] - mean[c] * scale.data_ptr<float>()[c];
    r_mean[c] = static_cast<float>((1 - momentum) * r_mean[c] + momentum * (m + shift[c]));
    r_var[c] = static_cast<float>((1 - momentum) * r_var[c] + momentum * var * rows / (rows - 1));
  }
  at::parallel_for(0, kChunks, 1, [&](int64_t first, int64_t last) {
    kernels().apply(data, scale.data_ptr<float>(), offset.data_ptr<float>(), a.data_ptr<float>(), range.begin(first), range.begin(last), channels,
          result.z.data_ptr<float>());
  });
  return result;
}

struct BatchNormPReLU : torch::autograd::Function<BatchNormPReLU> {
  static at::Tensor forward(torch::autograd::AutogradContext* ctx, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                            const at::Tensor& running_mean, const at::Tensor& running_var, const at::Tensor& slope, double momentum, double eps) {
    at::AutoDispatchBelowADInplaceOrView below;
    auto result = semblance::forward(x, weight, bias, running_mean, running_var, slope, momentum, eps);
    ctx->save_for_backward({x, weight, bias, slope, result.mean, result.invstd});
    return result.z;
  }

  static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::tensor_list grads) {
    no_second_gradient("batch_norm_prelu");
    auto saved = ctx->get_saved_variables();
    at::Tensor x = rows_of(saved[0]), dz = rows_of(grads[0]);
    auto [rows, channels] = layout(x);
    const Rows range{rows, channels};
    at::Tensor weight = saved[1].contiguous(), bias = saved[2].contiguous(), a = slopes(saved[3], channels);
    at::Tensor scale = weight * saved[5], offset = bias - saved[4] * scale;
    const float *px = x.data_ptr<float>(), *pg = dz.data_ptr<float>(), *mean = saved[4].data_ptr<float>(), *invstd = saved[5].data_ptr<float>();
    const float *ps = scale.data_ptr<float>(), *po = offset.data_ptr<float>(), *pa = a.data_ptr<float>();
    const auto total = reduce(3 * channels, [&](int64_t chunk, float* block, double* out) {
      kernels().gradient_sums(px, pg, mean, invstd, ps, po, pa, range.begin(chunk), range.begin(chunk + 1), channels, block, out);
    });
    at::Tensor dw = at::empty_like(weight), db = at::empty_like(bias), da = at::empty({channels}, weight.options());
    at::Tensor a1 = at::empty_like(weight), a2 = at::empty_like(weight), dx = at::empty_like(x);
    for (int64_t c = 0; c < channels; c++) {
      db.data_ptr<float>()[c] = total[c];
      dw.data_ptr<float>()[c] = total[channels + c];
      da.data_ptr<float>()[c] = total[2 * channels + c];
      a1.data_ptr<float>()[c] = total[c] / rows;
      a2.data_ptr<float>()[c] = total[channels + c] / rows;
    }
    at::parallel_for(0, kChunks, 1, [&](int64_t first, int64_t last) {
      kernels().gradient(px, pg, mean, invstd, ps, po, pa, a1.data_ptr<float>(), a2.data_ptr<float>(), range.begin(first), range.begin(last), channels,
               dx.data_ptr<float>());
    });
    at::Tensor none;
    return {dx, dw, db, none, none, saved[3].numel() == 1 ? da.sum().reshape(saved[3].sizes()) : da, none, none};
  }
};

at::Tensor batch_norm_prelu_cpu(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& running_mean,
                                const at::Tensor& running_var, const at::Tensor& slope, double momentum, double eps) {
  return forward(x, weight, bias, running_mean, running_var, slope, momentum, eps).z;
}

at::Tensor batch_norm_prelu_autograd(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& running_mean,
                                     const at::Tensor& running_var, const at::Tensor& slope, double momentum, double eps) {
  return BatchNormPReLU::apply(x, weight, bias, running_mean, running_var, slope, momentum, eps);
}

}  // namespace
}  // namespace semblance

TORCH_LIBRARY(semblance, m) {
  m.def("batch_norm_prelu(Tensor x, Tensor weight, Tensor bias, Tensor running_mean, Tensor running_var, Tensor slope, float momentum, float eps) -> Tensor");
}
TORCH_LIBRARY_IMPL(semblance, CPU, m) { m.impl("batch_norm_prelu", semblance::batch_norm_prelu_cpu); }
TORCH_LIBRARY_IMPL(semblance, AutogradCPU, m) { m.impl("batch_norm_prelu", semblance::batch_norm_prelu_autograd); }
