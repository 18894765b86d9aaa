export { parameterReader } from './binding/coercion.ts';
export { openApiDocument, statusOf } from './binding/openapi.ts';
