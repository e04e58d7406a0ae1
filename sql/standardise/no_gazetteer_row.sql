-- gazetteer_row where the council delivers none: nothing is known of any address.
create or replace temp table gazetteer_row (uprn varchar, parent_uprn varchar, is_approved boolean, class_code varchar, address_text varchar)
