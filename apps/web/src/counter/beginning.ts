import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import {
  readImei,
  type CaseDetail,
  type IntakeKind,
  type IntakePath,
  type IntakeStep,
  type IntakeValues,
  type Store,
} from '#contracts';
import { newKey } from '../api/requests.js';
import { useUser } from '../app/session.js';
import { NOTHING_KEPT, written } from './keep/kept.rules.js';
import { keeperOf } from './keep/keeper.js';
import { groupedImei } from './pieces/imei.rules.js';
import { personFrom, statedReach } from './who/person.rules.js';
import type { FoundCustomer } from './who/Recognise.js';

/** What is known of somebody before they have said a word. */
const knownOf = (customer: FoundCustomer, kind: IntakeKind, detail: CaseDetail | null): IntakeValues => ({
  'who.customerId': customer.id,
  ...(customer.openCase ? { 'who.caseReference': customer.openCase.reference } : {}),
  ...(detail ? { 'sign.language': detail.customer.language } : {}),
  ...(detail && kind === 'intake' && detail.lacks.length > 0 ? { 'listen.lacks': detail.lacks } : {}),
});

/** Who was found by a phone has it with them. */
const deviceIn = (kind: IntakeKind, looked: string): IntakeValues => {
  const imei = kind === 'intake' ? readImei(looked) : null;
  return imei ? { 'device.imei': groupedImei(imei), 'device.stays': 'here' } : {};
};

/** Begins on this tablet at once; the server is told as soon as it can be. */
export const useBeginning = (store: Store | null) => {
  const user = useUser();
  const navigate = useNavigate();
  const begin = useCallback(
    async (kind: IntakeKind, whoName: string | null, values: IntakeValues, step: IntakeStep) => {
      if (!store) return;
      const keeper = keeperOf(user.id, newKey());
      const kept = Object.entries(values).reduce(
        (held, [path, value]) => written(held, path as IntakePath, value),
        NOTHING_KEPT,
      );
      const intake = { id: keeper.id, kind, storeId: store.id, storeName: store.name, whoName };
      await keeper.begin({ ...intake, startedAt: new Date().toISOString() }, kept);
      await navigate({ to: '/visit/$id', params: { id: keeper.id }, search: { step } });
    },
    [navigate, store, user.id],
  );
  return {
    beginKnown: (customer: FoundCustomer, kind: IntakeKind, detail: CaseDetail | null, looked: string) => {
      const step = kind === 'pick_up' ? 'back' : 'listen';
      void begin(kind, customer.displayName, { ...knownOf(customer, kind, detail), ...deviceIn(kind, looked) }, step);
    },
    beginNew: (looked: string) => {
      const { displayName, ...reach } = personFrom(looked);
      const person = { displayName, ...statedReach(reach) };
      void begin('intake', displayName || null, { 'who.person': person, ...deviceIn('intake', looked) }, 'who');
    },
  };
};
