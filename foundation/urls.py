"""The one address of the ground floor: where pages send what is being typed."""

from django.urls import path

from foundation import typing_kept

urlpatterns = [path("typing/", typing_kept.keep_words, name="typing")]
