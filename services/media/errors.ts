import { defineErrors } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the media service refuses to do. */
export const errors = defineErrors({
  ASSET_NOT_FOUND: { status: 404, message: 'There is no such file.' },
  UPLOAD_NOT_FOUND: { status: 404, message: 'There is no such upload, or it has expired. Begin a new one.' },
  UPLOAD_INCOMPLETE: {
    status: 409,
    data: z.object({ expectedBytes: z.int(), receivedBytes: z.int().nullable() }),
    message: 'The file has not arrived completely. Send it to `uploadUrl` first.',
  },
  FILE_TYPE_REFUSED: {
    status: 422,
    data: z.object({ contentType: z.string(), accepted: z.array(z.string()) }),
    message: ({ contentType, accepted }) =>
      `A ${contentType} file is not accepted here. Accepted: ${accepted.join(', ')}.`,
  },
  FILE_TOO_LARGE: {
    status: 413,
    data: z.object({ maxBytes: z.int() }),
    message: ({ maxBytes }) => `The file is too large: at most ${Math.floor(maxBytes / 1_048_576)} MiB.`,
  },
  FILE_UNREADABLE: { status: 422, message: 'The image cannot be read. It may be damaged.' },
  FILE_CHANGED: { status: 409, message: 'Another file arrived while this one was checked. Complete the upload again.' },
  FILE_MALICIOUS: {
    status: 422,
    data: z.object({ finding: z.string() }),
    message: 'The file was refused: it contains a known malicious pattern.',
  },
  SOURCE_UNREACHABLE: {
    status: 422,
    data: z.object({ reason: z.string() }),
    message: ({ reason }) => `The file could not be fetched: ${reason}.`,
  },
});
