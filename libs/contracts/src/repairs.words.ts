import { z } from 'zod';
import { Instant, PersonRef } from './primitives.js';

/** The closed vocabularies of repair orders and quotes, and how each stage is told to the customer. */

/**
 * received → diagnosed → quoted → approved → in_repair → repaired → returned → closed; unrepairable, declined and cancelled end
 * the work, not the order: the device still has to go back.
 */
export const RepairStage = z.enum([
  'received',
  'diagnosed',
  'quoted',
  'approved',
  'in_repair',
  'repaired',
  'returned',
  'closed',
  'unrepairable',
  'declined',
  'cancelled',
]);
export type RepairStage = z.infer<typeof RepairStage>;

/** Who has the device in their hands. */
export const RepairHolder = z.enum(['customer', 'store', 'courier', 'partner']);
export type RepairHolder = z.infer<typeof RepairHolder>;

/** What can be done about a device that is broken. */
export const RepairWay = z.enum(['repair', 'replace', 'refund', 'buy_out']);
export type RepairWay = z.infer<typeof RepairWay>;

/** What becomes of what is on the device. */
export const DataFate = z.enum(['kept', 'copied', 'erased', 'lost', 'unknown']);
export type DataFate = z.infer<typeof DataFate>;

export const DataCategory = z.enum(['photos', 'contacts', 'messages', 'apps', 'other']);
export type DataCategory = z.infer<typeof DataCategory>;

export const DataResult = z.enum(['recovered', 'partly', 'lost', 'not_wanted']);
export type DataResult = z.infer<typeof DataResult>;

/** asked: the customer has not said yet · agreed: they said what they want · done: every category has its result. */
export const DataState = z.enum(['asked', 'agreed', 'done']);
export type DataState = z.infer<typeof DataState>;

/** How a customer said yes. */
export const ConsentHow = z.enum(['store', 'phone', 'message', 'link']);
export type ConsentHow = z.infer<typeof ConsentHow>;

/** What makes a customer whole before the cause is fixed. */
export const ReliefKind = z.enum([
  'duplicate_sim',
  'loaner_esim',
  'call_forwarding',
  'app_voucher',
  'data_voucher',
  'other',
]);
export type ReliefKind = z.infer<typeof ReliefKind>;

export const ReliefState = z.enum(['planned', 'done', 'cancelled']);
export type ReliefState = z.infer<typeof ReliefState>;

/**
 * draft: can be changed · offered: the customer decides · superseded: a newer version was offered · withdrawn: the repair it was
 * for came to another end.
 */
export const QuoteState = z.enum(['draft', 'offered', 'approved', 'declined', 'expired', 'superseded', 'withdrawn']);
export type QuoteState = z.infer<typeof QuoteState>;

/** Who pays. Whatever nobody else pays, the customer does. */
export const Payer = z.enum(['manufacturer', 'carrier', 'goodwill', 'customer']);
export type Payer = z.infer<typeof Payer>;

export const QuoteLineKind = z.enum(['part', 'labour', 'shipping', 'data', 'other']);
export type QuoteLineKind = z.infer<typeof QuoteLineKind>;

/** link: on the page of the case · counter: before one of us · notice: nothing to pay, so only told. */
export const ApprovalHow = z.enum(['link', 'counter', 'notice']);
export type ApprovalHow = z.infer<typeof ApprovalHow>;

/** What the customer reads of a stage: a headline, and what it means for them. */
export const StageWords = z.object({
  title: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(300),
});
export type StageWords = z.infer<typeof StageWords>;

const stageWords = z.record(RepairStage, StageWords);
/** All that is said to customers of stages. */
export const CustomerStages = z.object({ es: stageWords, en: stageWords });
export type CustomerStages = z.infer<typeof CustomerStages>;

/** How stages are told from now on; `version` is the one that was read. */
export const StageWordingBody = z.object({ version: z.number().int().min(0), content: CustomerStages });
export type StageWordingBody = z.infer<typeof StageWordingBody>;
/** Version 0 is what the product comes with. */
export const StageWording = StageWordingBody.extend({ by: PersonRef.nullable(), at: Instant.nullable() });
export type StageWording = z.infer<typeof StageWording>;

/** What is said as long as nobody has said otherwise: one table for pages and messages. */
export const CUSTOMER_STAGES: CustomerStages = {
  es: {
    received: { title: 'Tenemos tu móvil', text: 'Lo vamos a revisar para saber qué le pasa.' },
    diagnosed: { title: 'Ya sabemos qué le pasa', text: 'Preparamos lo que hace falta para arreglarlo.' },
    quoted: { title: 'Tienes un presupuesto', text: 'Léelo y dinos si te parece bien. No hacemos nada sin tu sí.' },
    approved: { title: 'Presupuesto aprobado', text: 'La reparación puede empezar.' },
    in_repair: { title: 'Lo estamos reparando', text: 'Te avisamos en cuanto esté.' },
    repaired: { title: 'Está reparado', text: 'Vuelve de camino a tus manos.' },
    returned: { title: 'Ya tienes tu móvil', text: 'Si algo no va como antes, dínoslo y seguimos.' },
    closed: { title: 'Reparación terminada', text: 'La garantía de la reparación sigue contigo.' },
    unrepairable: { title: 'No se puede reparar', text: 'Te proponemos otra solución.' },
    declined: { title: 'Presupuesto rechazado', text: 'No hacemos nada. Te lo devolvemos o buscamos otra solución.' },
    cancelled: { title: 'Reparación cancelada', text: 'Te devolvemos tu móvil.' },
  },
  en: {
    received: { title: 'We have your phone', text: 'We check it to find out what is wrong.' },
    diagnosed: { title: 'We know what is wrong', text: 'We are preparing what it takes to fix it.' },
    quoted: {
      title: 'You have a quote',
      text: 'Read it and tell us whether it is fine. We do nothing without your yes.',
    },
    approved: { title: 'Quote approved', text: 'The repair can begin.' },
    in_repair: { title: 'We are repairing it', text: 'We tell you as soon as it is done.' },
    repaired: { title: 'It is repaired', text: 'It is on its way back to your hands.' },
    returned: { title: 'You have your phone', text: 'If anything is not as before, tell us and we go on.' },
    closed: { title: 'Repair finished', text: 'The cover after the repair stays with you.' },
    unrepairable: { title: 'It cannot be repaired', text: 'We propose another way.' },
    declined: { title: 'Quote declined', text: 'We do nothing. We give it back or find another way.' },
    cancelled: { title: 'Repair cancelled', text: 'We give your phone back.' },
  },
};
