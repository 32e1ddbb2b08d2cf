/** The kinds of numbers of a safetensors file that a tensor here can hold: its code, our name, bytes per element. */
export const safetensorsDtypes = [
  { code: 'F64', dtype: 'float64', sizeBytes: 8 },
  { code: 'I64', dtype: 'int64', sizeBytes: 8 },
  { code: 'F32', dtype: 'float32', sizeBytes: 4 },
  { code: 'I32', dtype: 'int32', sizeBytes: 4 },
  { code: 'F16', dtype: 'float16', sizeBytes: 2 },
  { code: 'BF16', dtype: 'bfloat16', sizeBytes: 2 },
  { code: 'I16', dtype: 'int16', sizeBytes: 2 },
  { code: 'I8', dtype: 'int8', sizeBytes: 1 },
  { code: 'U8', dtype: 'uint8', sizeBytes: 1 },
  { code: 'BOOL', dtype: 'bool', sizeBytes: 1 },
] as const;

export type SafetensorsDtype = (typeof safetensorsDtypes)[number];
export type StoredDType = SafetensorsDtype['dtype'];

const byCode = new Map<string, SafetensorsDtype>(safetensorsDtypes.map((d) => [d.code, d]));
const byName = new Map<string, SafetensorsDtype>(safetensorsDtypes.map((d) => [d.dtype, d]));

/** The entry of a safetensors code such as `F32`, or undefined. */
export const dtypeOfCode = (code: string): SafetensorsDtype | undefined => byCode.get(code);

/** The entry of a dtype such as `float32`, or undefined. */
export const dtypeOfName = (name: string): SafetensorsDtype | undefined => byName.get(name);
