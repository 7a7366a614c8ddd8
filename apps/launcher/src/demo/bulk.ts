import type { DataSource } from 'typeorm';

const PORTION = 20_000;

/**
 * Adds `count` open cases of as many new customers, each with one interaction, as fast as PostgreSQL takes them: for
 * trying the product, and measuring it, at a size. A third is assigned, a tenth lacks something.
 */
export async function addCases(
  database: DataSource,
  count: number,
  told: (done: number) => void = () => undefined,
): Promise<void> {
  for (let done = 0; done < count; done += PORTION) {
    await database.query(SQL, [Math.min(PORTION, count - done)]);
    told(Math.min(done + PORTION, count));
  }
  await database.query('analyze');
}

/** Words as people write to a carrier; some rare, some in every other message. */
const WORDS = `array['móvil','pantalla','factura','cobertura','roaming','batería','tarjeta','línea','datos','llamadas','averia','tienda','pedido','cargador','fibra','router','contrato','permanencia','portabilidad','descuento','garantía','reparación','préstamo','terminal','señal','aplicación','contraseña','correo','técnico','cita','espera','cobro','recibo','saldo','duplicado','cancelar','activar','configurar','lento','roto']`;

const SQL = `
  with made as materialized (
    select g, new_id() as customer, new_id() as contact, new_id() as id, new_id() as interaction, new_id() as problem, new_id() as thread,
      nextval('case_reference_number') as number, now() - random() * interval '90 days' as at, random() as luck, (random() * 1e6)::int as pick
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
  threads as (insert into channel_thread (id, case_id, contact_point_id, channel, last_inbound_at) select thread, id, contact, 'email', at from said returning 1)
  insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, external_id, subject, text, author_kind, author_name, matched_by, occurred_at, received_at, search)
  select interaction, id, contact, thread, 'email', 'inbound', 'bulk-' || interaction, left(words, 60), words, 'customer', 'Cliente ' || number, 'new_customer', at, at,
    to_tsvector('spanish', fold(words)) from said`;
