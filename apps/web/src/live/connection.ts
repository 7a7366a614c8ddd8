import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { LiveEvents, LiveWishes } from '#contracts';
import { ring } from '../calls/ringing.js';
import { fetchDrafts, keepDraftsInStep } from '../case/draftSync.js';
import { refreshNotifications } from '../notifications/notificationsBell.js';
import { presenceOver } from '../presence/desk.js';
import { makeCoalescer } from './coalescer.js';
import { firstAnswers, refresh, refreshAll } from './doorbell.js';

/** `lostAt` is null while the doorbell rings; else the moment it fell silent. */
interface Connection {
  lostAt: Date | null;
}

/** Keeps the doorbell of this session connected while the screens are open. */
export const useDoorbell = (): Connection => {
  const client = useQueryClient();
  const [lostAt, setLostAt] = useState<Date | null>(null);
  useEffect(() => {
    const coalescer = makeCoalescer((batch) => refresh(client, batch), 50);
    const socket: Socket<LiveEvents, LiveWishes> = io('/live', {
      withCredentials: true,
      auth: { batched: true },
    });
    const told = (refreshed: () => Promise<unknown>) => () => void firstAnswers(client).then(refreshed);
    let connectedBefore = false;
    socket.on('connect', () => {
      setLostAt(null);
      void refreshAll(client);
      if (connectedBefore) void fetchDrafts();
      connectedBefore = true;
    });
    const lost = () => setLostAt((since) => since ?? new Date());
    socket.on('disconnect', lost);
    socket.on('connect_error', lost);
    socket.on('cases.changed', (changes) => changes.forEach(coalescer.ring));
    socket.on('call.ringing', ring);
    socket.on(
      'dashboard.changed',
      told(() => client.invalidateQueries({ queryKey: ['dashboard'] })),
    );
    socket.on(
      'notifications.changed',
      told(() => refreshNotifications(client)),
    );
    socket.on(
      'channel.changed',
      told(() => client.invalidateQueries({ queryKey: ['health'] })),
    );
    const endPresence = presenceOver(socket);
    const endDrafts = keepDraftsInStep();
    return () => {
      endPresence();
      endDrafts();
      coalescer.stop();
      socket.disconnect();
    };
  }, [client]);
  return { lostAt };
};

const watchNetwork = (listener: () => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

/** Whether the browser believes it has a network. */
export const useOnline = (): boolean => useSyncExternalStore(watchNetwork, () => navigator.onLine);
