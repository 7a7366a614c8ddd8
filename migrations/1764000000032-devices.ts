import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Phones: what they are, whose they were when, what is wrong with them, and whether a warranty answers for it. */
export class Devices1764000000032 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('create extension if not exists btree_gist');
    await db.query(MODELS);
    await db.query(DEVICES);
    await db.query(WARRANTIES);
    await db.query(SPAIN);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`delete from story_fact where code = 'warranty'`);
    await db.query('alter table story_fact drop constraint story_fact_code_check');
    await db.query(
      `alter table story_fact add constraint story_fact_code_check check (code in ('device', 'call_attempt', 'next_update'))`,
    );
    await db.query(
      'drop table warranty_review, warranty_decision, warranty_term, device_fault, warranty_parameter, case_device, device_ownership, device_number, device, device_tac, device_model',
    );
    await db.query('drop function keep_device_numbers, living_device, device_records');
  }
}

const MODELS = `
  create table device_model (
    id uuid primary key,
    brand text not null check (brand <> ''),
    name text not null check (name <> ''),
    os text not null default 'other' check (os in ('android', 'ios', 'other')),
    -- What fits in it: nano, micro, mini, esim.
    sim text[] not null default '{}' check (sim <@ array['nano', 'micro', 'mini', 'esim']),
    created_at timestamptz not null,
    changed_at timestamptz not null
  );
  create unique index device_model_named on device_model (lower(brand), lower(name));

  -- The first eight digits of an IMEI: which model it is of.
  create table device_tac (
    tac text primary key check (tac ~ '^[0-9]{8}$'),
    model_id uuid not null references device_model,
    changed_at timestamptz not null
  );
  create index device_tac_model on device_tac (model_id, tac);
`;

const DEVICES = `
  create table device (
    id uuid primary key,
    imei text check (imei ~ '^[0-9]{15}$'),
    imei2 text check (imei2 ~ '^[0-9]{15}$'),
    meid text check (meid ~ '^[0-9A-F]{14}$'),
    serial text check (serial <> ''),
    model_id uuid references device_model,
    -- What it was called when the model is in no table.
    model_name text check (model_name <> ''),
    -- Purchase (contracts); terms are reckoned from it.
    purchase jsonb,
    replaced_by uuid references device, replaced_at timestamptz, replaced_why text,
    -- The record it turned out to be one with: what is written of either is read as of that one.
    joined_into uuid references device,
    created_at timestamptz not null,
    constraint two_imeis_differ check (imei2 is null or (imei is not null and imei2 <> imei)),
    constraint replaced_by_another check (replaced_by <> id and (replaced_by is null) = (replaced_at is null)),
    constraint joined_into_another check (joined_into <> id)
  );
  create index device_serial on device (lower(serial)) where serial is not null;
  create index device_replaced on device (replaced_by) where replaced_by is not null;
  create index device_joined on device (joined_into) where joined_into is not null;

  -- Every number a phone is known by, each of one phone: either IMEI of two finds it.
  create table device_number (
    number text primary key,
    device_id uuid not null references device
  );
  create index device_number_device on device_number (device_id);

  create function keep_device_numbers() returns trigger language plpgsql as $$
  begin
    delete from device_number where device_id = new.id
      and number not in (coalesce(new.imei, ''), coalesce(new.imei2, ''), coalesce(new.meid, ''));
    insert into device_number (number, device_id)
      select n, new.id from unnest(array[new.imei, new.imei2, new.meid]) n
      where n is not null and not exists (select from device_number d where d.number = n and d.device_id = new.id);
    return new;
  end $$;
  create trigger device_numbers after insert or update of imei, imei2, meid on device
    for each row execute function keep_device_numbers();

  -- The record a phone goes by, however often it was joined.
  create function living_device(device uuid) returns uuid language sql stable as $$
    with recursive chain(id, next) as (select d.id, d.joined_into from device d where d.id = $1
      union all select d.id, d.joined_into from chain c join device d on d.id = c.next) select id from chain where next is null $$;
  -- All records that are that phone.
  create function device_records(device uuid) returns setof uuid language sql stable rows 2 as $$
    with recursive records(id) as (select $1 union select d.id from records r join device d on d.joined_into = r.id) select id from records $$;

  create table device_ownership (
    id uuid primary key,
    device_id uuid not null references device,
    customer_id uuid not null references customer,
    "from" timestamptz not null,
    until timestamptz,
    reason text check (reason in ('bought_used', 'given', 'family', 'mistake')),
    constraint an_ownership_lasts check (until is null or until >= "from"),
    -- A phone is one customer's at a time.
    constraint one_owner_at_a_time exclude using gist (device_id with =, tstzrange("from", until) with &&)
  );
  create index device_ownership_customer on device_ownership (customer_id);

  -- The phones of a case.
  create table case_device (
    case_id uuid not null references cases,
    device_id uuid not null references device,
    first_at timestamptz not null,
    last_at timestamptz not null,
    presented_by uuid references agent,
    -- It was another customer's when it was shown, and nobody has said that it is not.
    another boolean not null default false,
    primary key (case_id, device_id)
  );
  create index case_device_device on case_device (device_id, last_at desc);

  create table device_fault (
    id uuid primary key,
    case_id uuid not null references cases,
    device_id uuid not null references device,
    kind text not null check (kind in ('no_power', 'restarts', 'battery', 'charging', 'screen', 'touch', 'sound', 'microphone', 'camera',
      'buttons', 'network', 'sim', 'wireless', 'overheating', 'software', 'liquid', 'casing', 'other')),
    said text check (said <> ''),
    stated_by uuid references agent,
    at timestamptz not null,
    -- The same fault on an earlier case, how many months ago at most, and what says that repairing it again is free.
    returned_from uuid references device_fault,
    returned_months int check ((returned_from is null) = (returned_months is null)),
    free_by uuid,
    unique (case_id, device_id, kind)
  );
  create index device_fault_device on device_fault (device_id, kind, at desc);
`;

const WARRANTIES = `
  -- Terms of the law, of makers, of the house; none is changed, a changed one is ended and followed by another.
  create table warranty_parameter (
    id uuid primary key,
    country text not null check (country ~ '^[A-Z]{2}$'),
    kind text not null check (kind in ('legal_guarantee', 'presumption', 'second_hand_minimum', 'repair_free', 'reasonable_time',
      'repair_suspends', 'repeat_after_repair', 'repeat_window', 'manufacturer', 'carrier', 'exclusion')),
    label text not null default '',
    months int check (months > 0),
    valid_from date not null,
    valid_until date,
    clause text not null check (clause <> ''),
    source text not null check (source <> ''),
    url text,
    es text not null check (es <> ''),
    en text not null check (en <> ''),
    changed_by uuid references agent,
    changed_at timestamptz not null,
    -- Followed by another, or taken back: decisions that went by it still point here.
    retired_at timestamptz,
    constraint a_parameter_lasts check (valid_until is null or valid_until >= valid_from),
    constraint one_at_a_time exclude using gist (country with =, kind with =, lower(label) with =, daterange(valid_from, valid_until, '[]') with &&)
      where (retired_at is null)
  );
  alter table device_fault add foreign key (free_by) references warranty_parameter;

  create table warranty_term (
    id uuid primary key,
    device_id uuid not null references device,
    kind text not null check (kind in ('manufacturer', 'carrier', 'insurance')),
    provider text not null,
    number text,
    starts_on date not null,
    ends_on date not null check (ends_on >= starts_on),
    clause text,
    added_by uuid not null references agent,
    added_at timestamptz not null,
    removed_at timestamptz
  );
  create index warranty_term_device on warranty_term (device_id) where removed_at is null;

  create table warranty_decision (
    id uuid primary key,
    case_id uuid not null references cases,
    device_id uuid not null references device,
    outcome text not null check (outcome in ('covered', 'not_covered', 'partial', 'goodwill')),
    state text not null check (state in ('proposed', 'standing', 'in_review', 'confirmed', 'overturned', 'superseded', 'withdrawn')),
    -- One holds at a time, and one is proposed.
    place text generated always as (case when state in ('standing', 'in_review', 'confirmed') then 'holds' when state = 'proposed' then 'proposed'
      else id::text end) stored,
    clause text,
    plain_words text,
    next_step text,
    language text not null check (language in ('es', 'en')),
    -- [{kind, id}]: entries of the case and files on them.
    evidence jsonb not null default '[]',
    decided_by uuid not null references agent, decided_at timestamptz not null,
    accepted_by uuid references agent, accepted_at timestamptz,
    told_at timestamptz,
    -- Where the story tells it.
    fact_id uuid references story_fact,
    superseded_by uuid references warranty_decision deferrable initially deferred,
    constraint no_says_why check (outcome not in ('not_covered', 'partial') or
      (coalesce(clause, '') <> '' and coalesce(plain_words, '') <> '' and coalesce(next_step, '') <> '')),
    constraint one_holds unique (case_id, device_id, place)
  );
  create index warranty_decision_case on warranty_decision (case_id);
  create index warranty_decision_device on warranty_decision (device_id, decided_at desc);

  -- A second opinion: never of whoever decided.
  create table warranty_review (
    id uuid primary key,
    decision_id uuid not null unique references warranty_decision,
    decided_by uuid not null references agent,
    asked_by uuid not null references agent,
    asked_at timestamptz not null,
    reason text not null check (reason <> ''),
    reviewer_id uuid references agent,
    reviewed_at timestamptz, verdict text check (verdict in ('confirmed', 'overturned')),
    verdict_reason text,
    constraint another_person check (reviewer_id <> decided_by),
    constraint said_by_somebody check ((reviewer_id is null) = (verdict is null) and (verdict is null) = (reviewed_at is null)
      and (verdict is null) = (verdict_reason is null))
  );

  alter table story_fact drop constraint story_fact_code_check;
  alter table story_fact add constraint story_fact_code_check check (code in ('device', 'call_attempt', 'next_update', 'warranty'));
`;

/**
 * What holds in Spain: the consumer act (Real Decreto Legislativo 1/2007) as Real Decreto-ley 7/2021 changed it for what is
 * bought since 2022, and as it stood before; what the house promises; what a guarantee does not answer for.
 */
const SPAIN = `
  insert into warranty_parameter (id, country, kind, label, months, valid_from, valid_until, clause, source, url, es, en, changed_at)
  select gen_random_uuid(), 'ES', kind, label, months, valid_from::date, valid_until::date, clause, source, url, es, en, now() from (values
    ('legal_guarantee', '', 36, '2022-01-01', null, 'TRLGDCU art. 120.1', 'RDL 1/2007, redacción del RDL 7/2021', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Quien te vendió el teléfono responde durante tres años desde la entrega de los defectos que ya traía.',
      'Whoever sold you the phone answers for three years from delivery for defects it came with.'),
    ('legal_guarantee', '', 24, '2007-12-01', '2021-12-31', 'TRLGDCU art. 123.1 (hasta 2021)', 'RDL 1/2007, redacción anterior a 2022', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Quien te vendió el teléfono responde durante dos años desde la entrega de los defectos que ya traía.',
      'Whoever sold you the phone answers for two years from delivery for defects it came with.'),
    ('presumption', '', 24, '2022-01-01', null, 'TRLGDCU art. 121.1', 'RDL 1/2007, redacción del RDL 7/2021', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Si el fallo aparece en los dos primeros años, se presume que ya estaba: no tienes que demostrarlo tú.',
      'If the fault shows in the first two years, it counts as there from the start: you need not prove it.'),
    ('presumption', '', 6, '2007-12-01', '2021-12-31', 'TRLGDCU art. 123.1 (hasta 2021)', 'RDL 1/2007, redacción anterior a 2022', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Si el fallo aparece en los seis primeros meses, se presume que ya estaba: no tienes que demostrarlo tú.',
      'If the fault shows in the first six months, it counts as there from the start: you need not prove it.'),
    ('second_hand_minimum', '', 12, '2022-01-01', null, 'TRLGDCU art. 120.1, segundo párrafo', 'RDL 1/2007, redacción del RDL 7/2021', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'En un teléfono de segunda mano se puede acordar un plazo menor, nunca de menos de un año.',
      'For a second-hand phone a shorter term can be agreed on, never under one year.'),
    ('second_hand_minimum', '', 12, '2007-12-01', '2021-12-31', 'TRLGDCU art. 123.1, segundo párrafo (hasta 2021)', 'RDL 1/2007, redacción anterior a 2022', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'En un teléfono de segunda mano se puede acordar un plazo menor, nunca de menos de un año.',
      'For a second-hand phone a shorter term can be agreed on, never under one year.'),
    ('repair_free', '', null, '2022-01-01', null, 'TRLGDCU art. 118.4.a', 'RDL 1/2007, redacción del RDL 7/2021', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'La reparación o la sustitución en garantía no te cuesta nada: ni piezas, ni mano de obra, ni envíos.',
      'Repair or replacement under the guarantee costs you nothing: no parts, no work, no shipping.'),
    ('repair_free', '', null, '2007-12-01', '2021-12-31', 'TRLGDCU art. 120.a (hasta 2021)', 'RDL 1/2007, redacción anterior a 2022', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'La reparación o la sustitución en garantía no te cuesta nada: ni piezas, ni mano de obra, ni envíos.',
      'Repair or replacement under the guarantee costs you nothing: no parts, no work, no shipping.'),
    ('reasonable_time', '', null, '2022-01-01', null, 'TRLGDCU art. 118.4.b y c', 'RDL 1/2007, redacción del RDL 7/2021', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Hay que hacerlo en un plazo razonable y sin mayores inconvenientes para ti.',
      'It has to be done within a reasonable time and without major inconvenience to you.'),
    ('reasonable_time', '', null, '2007-12-01', '2021-12-31', 'TRLGDCU art. 120.b (hasta 2021)', 'RDL 1/2007, redacción anterior a 2022', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Hay que hacerlo en un plazo razonable y sin mayores inconvenientes para ti.',
      'It has to be done within a reasonable time and without major inconvenience to you.'),
    ('repair_suspends', '', null, '2022-01-01', null, 'TRLGDCU art. 122.1 y 122.2', 'RDL 1/2007, redacción del RDL 7/2021', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Los días que el teléfono pasa con nosotros para repararlo no cuentan: la garantía se alarga lo mismo.',
      'Days the phone spends with us for repair do not count: the guarantee is longer by as many.'),
    ('repair_suspends', '', null, '2007-12-01', '2021-12-31', 'TRLGDCU art. 120.c (hasta 2021)', 'RDL 1/2007, redacción anterior a 2022', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Los días que el teléfono pasa con nosotros para repararlo no cuentan: la garantía se alarga lo mismo.',
      'Days the phone spends with us for repair do not count: the guarantee is longer by as many.'),
    ('repeat_after_repair', '', 12, '2022-01-01', null, 'TRLGDCU art. 122.3', 'RDL 1/2007, redacción del RDL 7/2021', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Si el mismo defecto vuelve en el año siguiente a devolvértelo, se trata como el mismo: repararlo otra vez es gratis.',
      'If the same defect is back within a year of getting the phone back, it counts as the same one: repairing it again is free.'),
    ('repeat_after_repair', '', 6, '2007-12-01', '2021-12-31', 'TRLGDCU art. 120.c (hasta 2021)', 'RDL 1/2007, redacción anterior a 2022', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'Si el mismo defecto vuelve en los seis meses siguientes a devolvértelo, se trata como el mismo: repararlo otra vez es gratis.',
      'If the same defect is back within six months of getting the phone back, it counts as the same one: repairing it again is free.'),
    ('repeat_window', '', 6, '2007-12-01', null, 'Norma de la casa: avería repetida', 'Norma de la casa', null,
      'Si vuelve la misma avería en seis meses, la miramos como la misma y va antes.',
      'If the same fault is back within six months, we look at it as the same one and it goes first.'),
    ('manufacturer', 'Apple', 12, '2007-12-01', null, 'Garantía limitada de un año', 'Apple', null,
      'El fabricante da además un año de garantía.', 'The maker gives one year of guarantee on top.'),
    ('manufacturer', 'Samsung', 24, '2007-12-01', null, 'Garantía comercial de dos años', 'Samsung', null,
      'El fabricante da además dos años de garantía.', 'The maker gives two years of guarantee on top.'),
    ('exclusion', 'liquid', null, '2007-12-01', null, 'Daños por líquidos: no son una falta de conformidad de origen (TRLGDCU art. 117)', 'RDL 1/2007', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'El teléfono se ha mojado. La garantía responde de los defectos que traía, y el agua entró después.',
      'The phone got wet. The guarantee answers for defects it came with, and the water came in later.'),
    ('exclusion', 'fall', null, '2007-12-01', null, 'Daños por golpe o caída: no son una falta de conformidad de origen (TRLGDCU art. 117)', 'RDL 1/2007', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'El teléfono tiene un golpe. La garantía responde de los defectos que traía, y el golpe llegó después.',
      'The phone took a knock. The guarantee answers for defects it came with, and the knock came later.'),
    ('exclusion', 'wear', null, '2007-12-01', null, 'Desgaste por uso normal (TRLGDCU art. 115 ter)', 'RDL 1/2007', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'La pieza se ha gastado con el uso, como es de esperar con los años. No es un defecto.',
      'The part has worn with use, as is to be expected over the years. It is not a defect.'),
    ('exclusion', 'term_over', null, '2007-12-01', null, 'Plazo de garantía terminado (TRLGDCU art. 120.1)', 'RDL 1/2007', 'https://www.boe.es/eli/es/rdlg/2007/11/16/1/con',
      'El plazo de garantía del teléfono ya ha terminado.', 'The guarantee of the phone has run out.')
  ) as rules (kind, label, months, valid_from, valid_until, clause, source, url, es, en);
`;
