import { Fault, faultFrom } from '@plaza/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers with a fault as RFC 9457 problem details. Causes stay in the log. */
export function sendProblem(reply: FastifyReply, fault: Fault, requestId: string): FastifyReply {
  return reply
    .code(fault.status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    .send(Buffer.from(JSON.stringify(problemOf(fault, requestId))));
}

/** The same for whatever was thrown; what nobody foresaw is written down, for its cause stays here. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const fault = faultFrom(thrown);
  if (fault.code === 'INTERNAL' && thrown !== fault)
    request.log.error({ err: thrown, requestId: request.id }, 'the edge failed in an unforeseen way');
  return sendProblem(reply, fault, request.id);
}

export function problemOf(fault: Fault, requestId: string) {
  return {
    type: `/docs/errors#${fault.code}`,
    title: fault.message,
    status: fault.status,
    code: fault.code,
    instance: requestId,
    ...(Object.keys(fault.data).length === 0 ? {} : { data: fault.data }),
    ...(fault.errors.length === 0 ? {} : { errors: fault.errors }),
  };
}

/** Refusals of HTTP itself, before any operation is reached. */
export const httpFaults = {
  malformedJson: () => new Fault('MALFORMED_JSON', 400, 'The body is not valid JSON.'),
  notAnObject: () => new Fault('MALFORMED_JSON', 400, 'The body must be a JSON object.'),
  badRequest: () => new Fault('BAD_REQUEST', 400, 'The request could not be read.'),
  unsupportedMediaType: () => new Fault('UNSUPPORTED_MEDIA_TYPE', 415, 'Send the body as application/json.'),
  tooLarge: () => new Fault('BODY_TOO_LARGE', 413, 'The body is too large. Upload files with POST /api/v1/uploads.'),
  headersTooLarge: () =>
    new Fault(
      'HEADERS_TOO_LARGE',
      431,
      'The address and the headers of a request have 16 KB together. Ask for less at once.',
    ),
  methodNotAllowed: () => new Fault('METHOD_NOT_ALLOWED', 405, 'This path does not answer this method.'),
  notFound: () => new Fault('NOT_FOUND', 404, 'There is nothing here.'),
  crossSite: () => new Fault('CROSS_SITE_REQUEST', 403, 'This request came from another site.'),
};

/** Answers an address that no route can be looked up for, as one whose percent signs mean no text. */
export function answerUnroutable(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, faultFromFastify(error) ?? httpFaults.badRequest(), request.id);
}

/** Fastify's own errors as faults. */
export function faultFromFastify(error: unknown): Fault | undefined {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return httpFaults.unsupportedMediaType();
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return httpFaults.tooLarge();
  if (
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    error instanceof SyntaxError
  ) {
    return httpFaults.malformedJson();
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return httpFaults.badRequest();
  return undefined;
}
