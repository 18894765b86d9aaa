import { type Logger as Pino, pino } from 'pino';

export type Logger = Pick<Pino, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/**
 * Structured logs on standard error, so that standard output stays for people. What could be a secret or personal
 * is cut out wherever it stands: a comment asking people not to log it is not a control.
 */
export function createLogger(level: string): Logger {
  const secret = ['password', 'token', 'authorization', 'cookie', 'secret', 'email', 'phone', 'cardNumber', 'otp'];
  return pino(
    {
      level,
      base: null,
      redact: { paths: secret.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    pino.destination(2),
  );
}
