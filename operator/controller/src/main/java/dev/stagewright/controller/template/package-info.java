/**
 * What users change of their Pods: templates, and the settings of single stages, which are lowered
 * to templates. A template is merged into a Pod of ours by the rules of strategic merge patches;
 * before that it is checked against the schema of Pods, against the fields that are ours, and
 * against what the operator's configuration forbids. All of it pure.
 */
@NullMarked
package dev.stagewright.controller.template;

import org.jspecify.annotations.NullMarked;
