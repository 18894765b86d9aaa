import { type DestinationStream, type Logger as Pino, pino } from 'pino';

export type Logger = Pick<Pino, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/**
 * Structured logs on standard error, so that standard output stays for people. What could be a secret or personal
 * is cut out wherever it stands: a comment asking people not to log it is not a control.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  const secret = ['password', 'token', 'authorization', 'cookie', 'secret', 'email', 'phone', 'cardNumber', 'otp'];
  return pino(
    {
      level,
      base: null,
      redact: { paths: secret.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
      serializers: { err: tellError },
    },
    destination,
  );
}

/**
 * What an error is and where it comes from, and none of its other properties: PostgreSQL quotes whole rows in
 * `detail`, and libraries hang requests and connections on theirs.
 */
function tellError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, constraint, cause } = error as { code?: unknown; constraint?: unknown; cause?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    code,
    constraint,
    ...(cause instanceof Error ? { cause: tellError(cause) } : {}),
  };
}
