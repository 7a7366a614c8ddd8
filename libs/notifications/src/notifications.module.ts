import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { ShiftDigest } from './digest/shift-digest.service.js';
import { StaffMails } from './mail/staff-mails.js';
import { StaffPost } from './mail/staff-post.js';
import { NotificationBell } from './notification-bell.js';
import { NotificationBook } from './notification-book.js';
import { NotificationWishes } from './notification-wishes.js';
import { DueSoon } from './telling/due-soon.service.js';
import { NotifyJob } from './telling/notify.job.js';
import { Teller } from './telling/teller.js';

const services = [
  DueSoon,
  NotificationBell,
  NotificationBook,
  NotificationWishes,
  NotifyJob,
  ShiftDigest,
  StaffMails,
  StaffPost,
  Teller,
];

/** Who is told what, and how. */
@Module({ imports: [IdentityModule], providers: services, exports: services })
export class NotificationsModule {}
