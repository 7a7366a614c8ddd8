/** Joining people and cases, taking that back, splitting out. */
export const esMerge = {
  'event.customer.merged.kept': '{author} ha unido aquí a {name}: {reason}',
  'event.customer.merged.kept.case': '{author} ha unido aquí a {name} y su caso {reference}: {reason}',
  'event.customer.merged.taken': '{author} ha unido esta ficha a la de {name}: {reason}',
  'event.customer.merged.taken.case': '{author} ha unido este caso al {reference} de {name}: {reason}',
  'event.case.merged.kept': '{author} ha unido aquí el caso {reference}: {reason}',
  'event.case.merged.taken': '{author} ha unido este caso al {reference}: {reason}',
  'event.customer.unmerged':
    '{author} ha deshecho la unión con {name}{count, plural, =0 {} one {; # entrada ha vuelto a su lado} other {; # entradas han vuelto a su lado}}',
  'event.case.unmerged': '{author} ha separado otra vez el caso {reference}',
  'event.case.split_out': '{author} ha sacado {what} al caso {reference} de {name}: {reason}',
  'event.case.split_in': '{author} ha traído {what} del caso {reference} de {name}: {reason}',
  'merge.entries': '{count, plural, one {# entrada} other {# entradas}}',
  'merge.reason.stated_together': 'dijo direcciones de ambas fichas a la vez',
} as const;
