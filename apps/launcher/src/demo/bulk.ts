import type { DataSource } from 'typeorm';

const PORTION = 20_000;

/**
 * Adds `count` open cases of as many new customers, each with one interaction, as fast as PostgreSQL takes them: for
 * trying the product, and measuring it, at a size. A third is assigned, a tenth lacks something. Their clocks run by
 * a policy of their own, with so much time that one case in thirty is late.
 */
export async function addCases(
  database: DataSource,
  count: number,
  told: (done: number) => void = () => undefined,
): Promise<void> {
  await database.query(POLICY);
  for (let done = 0; done < count; done += PORTION) {
    await database.query(SQL, [Math.min(PORTION, count - done)]);
    told(Math.min(done + PORTION, count));
  }
  await database.query('analyze');
}

/** Words as people write to a carrier; some rare, some in every other message. */
const WORDS = `array['móvil','pantalla','factura','cobertura','roaming','batería','tarjeta','línea','datos','llamadas','averia','tienda','pedido','cargador','fibra','router','contrato','permanencia','portabilidad','descuento','garantía','reparación','préstamo','terminal','señal','aplicación','contraseña','correo','técnico','cita','espera','cobro','recibo','saldo','duplicado','cancelar','activar','configurar','lento','roto']`;

const POLICY = `
  with policy as (insert into sla_policy (id, name, position, is_active) values (new_id(), 'Volumen', 2000, false) on conflict do nothing returning id)
  insert into sla_policy_version (id, policy_id, version, conditions, targets, created_at)
  select new_id(), id, 1, '{}', '{"first_useful_action": {"minutes": 172800, "calendar": "always"}, "resolution": {"minutes": 259200, "calendar": "always"}}', now() from policy`;

const SQL = `
  with made as materialized (
    select g, new_id() as customer, new_id() as contact, new_id() as id, new_id() as interaction, new_id() as problem, new_id() as thread,
      nextval('case_reference_number') as number, now() - random() * interval '90 days' - case when random() < 1 / 30.0 then interval '120 days' else interval '0' end as at,
      random() as luck, (random() * 1e6)::int as pick
    from generate_series(1, $1::int) g),
  said as materialized (
    select m.*, 'Hola, ' || (select string_agg((${WORDS})[1 + (m.pick * k + k * k) % 40], ' ') from generate_series(1, 12) k) || ' ' || to_hex(m.pick) as words from made m),
  customers as (insert into customer (id, display_name, provisional, created_at) select customer, 'Cliente ' || number, false, at from said returning 1),
  contacts as (insert into contact_point (id, customer_id, kind, value, display, source, created_at)
    select contact, customer, 'email', 'cliente' || number || '@correo.test', 'cliente' || number || '@correo.test', 'import', at from said returning 1),
  opened as (insert into cases (id, reference, customer_id, status, assignee_id, queue_id, next_action, customer_name, problem, channels, lacks, preview,
      last_channel, last_direction, last_interaction_at, unread, version, opened_at)
    select id, case_reference(number), customer, 'new',
      case when luck < 0.33 then (select array_agg(a.id) from agent a)[1 + pick % greatest(1, (select count(*) from agent)::int)] end,
      (select q.id from queue q where is_default), 'reply', 'Cliente ' || number, left(words, 60), array['email'],
      case when luck > 0.9 then array['calls', 'data'] else '{}'::text[] end, left(words, 140), 'email', 'inbound', at, 1, 1, at from said returning 1),
  problems as (insert into problem (id, case_id, statement, created_at) select problem, id, left(words, 60), at from said returning 1),
  threads as (insert into channel_thread (id, case_id, contact_point_id, channel, last_inbound_at) select thread, id, contact, 'email', at from said returning 1),
  lacking as (insert into impact (id, case_id, problem_id, kind, state, reported_at, state_at)
    select new_id(), id, problem, kind, 'reported', at, at from said, unnest(array['calls', 'data']) kind where luck > 0.9 returning 1),
  told as (insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_name, source, at)
    select new_id(), id, 1, 'case.opened', jsonb_build_object('interactionId', interaction, 'channel', 'email', 'callsWaiting', false),
      'customer', 'Cliente ' || number, 'email', at from said returning case_id, seq),
  due as materialized (select s.*, t.seq, at + interval '120 days' as first_due, at + interval '180 days' as last_due from said s join told t on t.case_id = s.id),
  ledgers as (insert into case_ledger (case_id, seq, policy_version_id, calendar_revision, first_revision, lacks, rounds, next_metric, next_due_at, next_is_late,
      assignee_id, queue_id, without_service, impact_rank)
    select d.id, d.seq, (select v.id from sla_policy_version v join sla_policy p on p.id = v.policy_id where p.name = 'Volumen'), r.revision, r.revision,
      case when luck > 0.9 then array['calls', 'data'] else '{}'::text[] end, '{"first_useful_action": 1, "resolution": 1}', 'first_useful_action', first_due, first_due <= now(),
      case when luck < 0.33 then (select array_agg(a.id) from agent a)[1 + pick % greatest(1, (select count(*) from agent)::int)] end,
      (select q.id from queue q where is_default), luck > 0.9, case when luck > 0.9 then 0 else 4 end
    from due d, (select max(revision) as revision from calendar) r returning 1),
  clocks as (insert into clock (case_id, metric, side, round, started_at, started_kind, started_name, minutes, counted, runs_since, due_at, breached_at, is_told)
    select id, metric, 'customer', 1, at, 'customer', 'Cliente ' || number, minutes, 0, at, ends, case when ends <= now() then ends end, ends <= now()
    from due, lateral (values ('first_useful_action', 172800, first_due), ('resolution', 259200, last_due)) k (metric, minutes, ends) returning 1)
  insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, external_id, subject, text, author_kind, author_name, matched_by, occurred_at, received_at, search)
  select interaction, id, contact, thread, 'email', 'inbound', 'bulk-' || interaction, left(words, 60), words, 'customer', 'Cliente ' || number, 'new_customer', at, at,
    to_tsvector('spanish', fold(words)) from said`;
