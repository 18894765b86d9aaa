-- Why a picture that an import named is not there, by the code of what media said, so that screens say it in the reader's language.
alter table import_image add column failure_code text;
create index import_image_not_fetched on import_image (marketplace_id, job_id, listing_id, position) where failure is not null;
