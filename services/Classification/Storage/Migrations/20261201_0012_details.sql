-- Read and written whole, never searched: as text it costs the server less.
alter table incidents alter column details type json using details::text::json;
