import path from 'node:path';
import { z } from 'zod';
import { endpointModel } from './endpoint.ts';
import { colorAndShapeModel, type PictureModel } from './model.ts';
import { onnxModel } from './onnx.ts';

const Environment = z.object({
  /** Up to `/embeddings`, of a server that describes pictures. */
  PLAZA_PICTURE_EMBEDDINGS_URL: z.url({ protocol: /^https?$/ }).optional(),
  PLAZA_PICTURE_EMBEDDINGS_KEY: z.string().min(1).optional(),
  /** With an address the model's name there; else the folder of an image model in ONNX. */
  PLAZA_PICTURE_EMBEDDINGS_MODEL: z.string().min(1).optional(),
  /** Numbers in a vector of the endpoint's model. */
  PLAZA_PICTURE_EMBEDDINGS_DIMENSIONS: z.coerce.number().int().min(8).max(4_096).default(512),
  /** Of the endpoint's model. Another one has all pictures described anew. */
  PLAZA_PICTURE_EMBEDDINGS_VERSION: z.string().min(1).max(40).default('1'),
});

/**
 * The picture model that the environment asks for; without any settings the one by color and shape.
 * @throws Error in one sentence, when what is asked for is not there
 */
export async function pictureModelFrom(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PictureModel> {
  const settings = Environment.parse(environment);
  const { PLAZA_PICTURE_EMBEDDINGS_URL: url, PLAZA_PICTURE_EMBEDDINGS_MODEL: model } = settings;
  if (url === undefined) return model === undefined ? colorAndShapeModel : onnxModel(path.resolve(model));
  if (model === undefined)
    throw new Error('PLAZA_PICTURE_EMBEDDINGS_URL needs PLAZA_PICTURE_EMBEDDINGS_MODEL, a model of that server.');
  return endpointModel({
    url,
    model,
    key: settings.PLAZA_PICTURE_EMBEDDINGS_KEY,
    version: settings.PLAZA_PICTURE_EMBEDDINGS_VERSION,
    dimensions: settings.PLAZA_PICTURE_EMBEDDINGS_DIMENSIONS,
  });
}
