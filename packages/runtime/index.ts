export { default as sql, empty, join, raw, Sql } from 'sql-template-tag';
export { type Access, checkAccess, signAccess } from './access-token.ts';
export { type Columns, type ColumnType, columnsOf } from './database/columns.ts';
export type { AuditEntry, Carrier, Database, Queries, Transaction, Writer } from './database/database.ts';
export { createDatabase } from './database/database.ts';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './database/embedded.ts';
export { type MigrationSource, migrate } from './database/migrate.ts';
export { ScopedPool } from './database/pool.ts';
export { auditRecorded } from './events/audit.ts';
export { deliver, type Failures, forgetOldRecords, Relay, type Subscriber } from './events/relay.ts';
export { fillOnce } from './fill.ts';
export { inSteps, inTakenSteps, inTransaction, type Keep } from './idempotency.ts';
export { createLogger, type Logger } from './logger.ts';
export { createDevInbox, type DevInbox, type InboxMessage } from './mail/dev-inbox.ts';
export type { Letter, Mail, Sms, TextMessage } from './mail/mail.ts';
export { oneClickStop } from './mail/one-click-stop.ts';
export { createSmtpMail } from './mail/smtp.ts';
export { createSealer, type Sealer } from './sealer.ts';
export type {
  AnyServiceDefinition,
  Platform,
  RawRoute,
  Reaction,
  Service,
  ServiceDefinition,
  Timer,
} from './service.ts';
export { absorbing, defineService, reaction, reactionToMany, timer } from './service.ts';
export { createDiskStorage } from './storage/disk.ts';
export { fileLink } from './storage/file-link.ts';
export { type Grant, verifyGrant } from './storage/signature.ts';
export type { Storage, StoredFile } from './storage/storage.ts';
export { runTimer, startTimers, type TimedService } from './timers.ts';
