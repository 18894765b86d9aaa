export { hostOf, type ModelEndpoint, requestEmbeddings } from './endpoint.ts';
export { InputRefused, labelOf, type Quantized, quantized, type VectorModel } from './model.ts';
export { openOnnxModel } from './onnx.ts';
export { modelPlace } from './settings.ts';
