import { modelPlace } from '@plaza/runtime/models';
import { endpointModel } from './endpoint.ts';
import { colorAndShapeModel, type PictureModel } from './model.ts';
import { onnxModel } from './onnx.ts';

/** Of CLIP's smaller models. */
const USUAL_DIMENSIONS = 512;

/**
 * The picture model that the environment asks for (`PLAZA_PICTURE_EMBEDDINGS_URL` and its like); without any settings the one
 * by color and shape.
 * @throws Error in one sentence, when what is asked for is not there
 */
export async function pictureModelFrom(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PictureModel> {
  const place = modelPlace(environment, 'PLAZA_PICTURE_EMBEDDINGS', USUAL_DIMENSIONS);
  if (place.kind === 'endpoint') return endpointModel(place.endpoint);
  return place.kind === 'folder' ? onnxModel(place.folder) : colorAndShapeModel;
}
