package dev.enclavemetrics.metricsserver;
