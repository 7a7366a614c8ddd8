import { useEffect, useEffectEvent } from 'react';
import { unlessScanned } from '../tracking/burst.js';

/** Up and down a list: done at once, for it harms nobody when a scanner does it. */
const WALKING = new Set(['j', 'k']);

type KeyMap = Partial<Record<string, (event: KeyboardEvent) => void>>;

/** Whether a key pressed there is text, or belongs to a widget that has its own keys. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input, textarea, select, [role="menu"] *, [role="menu"], [role="listbox"] *') ||
    target.closest('[role="dialog"]') !== null);

/**
 * Single keys by what they print (`event.key`), never with Ctrl, Alt or ⌘, never while typing, never under a dialog.
 * `Enter` is left to whatever has the focus.
 */
export const useKeys = (map: KeyMap): void => {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('a, button')) return;
    if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
    const deed = map[event.key];
    if (!deed) return;
    event.preventDefault();
    if (WALKING.has(event.key)) deed(event);
    else unlessScanned(() => deed(event));
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
};

/** ⌘ on Apple's machines, Ctrl elsewhere. */
export const commandKey = (): string => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl');
