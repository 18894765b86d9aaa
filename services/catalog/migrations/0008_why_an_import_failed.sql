-- Why a file could not be read at all, for screens that say it in the reader's language.
alter table import_job add column failure_code text;
