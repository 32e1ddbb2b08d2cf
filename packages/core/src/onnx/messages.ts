// An ONNX file as plain messages: the fields of the schema; lists are always there, the rest where the file has it.

export interface TensorMessage {
  name: string;
  dims: number[];
  dataType: number;
  rawData: Uint8Array;
  floatData: number[];
  externalData?: object[];
  /** 1: the numbers lie in another file. */
  dataLocation?: number;
}

export interface AttributeMessage {
  name: string;
  f?: number;
  i: number;
  ints?: number[];
  t?: TensorMessage;
  g?: GraphMessage;
  tensors?: TensorMessage[];
  graphs?: GraphMessage[];
}

export interface NodeMessage {
  name: string;
  opType: string;
  domain: string;
  input: string[];
  output: string[];
  attribute: AttributeMessage[];
}

export interface ValueMessage {
  name: string;
  type?: object;
}

export interface GraphMessage {
  node: NodeMessage[];
  initializer: TensorMessage[];
  input: ValueMessage[];
  output: ValueMessage[];
  valueInfo: ValueMessage[];
  sparseInitializer?: { values?: TensorMessage; indices?: TensorMessage }[];
}

export interface ModelMessage {
  producerName?: string;
  graph?: GraphMessage;
  opsetImport: { domain?: string; version: number }[];
}
