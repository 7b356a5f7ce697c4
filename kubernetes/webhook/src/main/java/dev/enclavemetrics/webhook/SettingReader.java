package dev.enclavemetrics.webhook;
