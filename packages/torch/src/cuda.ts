import { guarded } from './error.ts';
import { native } from './native.ts';

/** Whether this libtorch sees a CUDA device: `x.to('cuda')`, `module.to({ device: 'cuda' })` work. */
export function isAvailable(): boolean {
  return native.cudaDevices() > 0;
}

/** Devices `cuda:0` … */
export function deviceCount(): number {
  return native.cudaDevices();
}

/**
 * Waits until a device has done all it was told: operators on it return before they are done, so a clock that is read
 * without this measures nothing.
 *
 * @throws TorchError TORCH_NO_DEVICE
 */
export function synchronize(device = 0): void {
  guarded(() => native.cudaSynchronize(device));
}
