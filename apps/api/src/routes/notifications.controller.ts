import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  NotificationPage,
  NotificationPreferences,
  NotificationsQuery,
  ReadNotificationsBody,
  UnreadNotifications,
} from '#contracts';
import type { Principal } from '#identity';
import { NotificationBell, NotificationBook, NotificationWishes } from '#notifications';
import { withRetry } from '#platform';
import { NotificationView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** What the person who asks was told. Nobody sees or changes what others were. */
@ApiTags('notifications')
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(
    private readonly database: DataSource,
    private readonly view: NotificationView,
    private readonly book: NotificationBook,
    private readonly bell: NotificationBell,
  ) {}

  @Get()
  @Answers(200, NotificationPage)
  list(
    @Me() me: Principal,
    @Query({ schema: NotificationsQuery }) query: z.infer<typeof NotificationsQuery>,
  ): Promise<NotificationPage> {
    return this.view.list(this.database.manager, readerOf(me), query);
  }

  @Post('read')
  @HttpCode(200)
  @Answers(200, UnreadNotifications)
  async read(
    @Me() me: Principal,
    @Body({ schema: ReadNotificationsBody }) which: ReadNotificationsBody,
  ): Promise<UnreadNotifications> {
    if (await withRetry(this.database, (tx) => this.book.read(tx, me.id, which))) this.bell.ring([me.id]);
    return { unread: await this.view.unread(this.database.manager, readerOf(me)) };
  }
}

/** How the person who asks wants to be told. */
@ApiTags('notifications')
@Controller('api/v1/me/notification-preferences')
export class NotificationPreferencesController {
  constructor(
    private readonly database: DataSource,
    private readonly wishes: NotificationWishes,
  ) {}

  @Get()
  @Answers(200, NotificationPreferences)
  show(@Me() me: Principal): Promise<NotificationPreferences> {
    return this.wishes.of(this.database.manager, me.id);
  }

  @Put()
  @Answers(200, NotificationPreferences)
  change(
    @Me() me: Principal,
    @Body({ schema: NotificationPreferences }) preferences: NotificationPreferences,
  ): Promise<NotificationPreferences> {
    return withRetry(this.database, (tx) => this.wishes.keep(tx, me.id, preferences));
  }
}
