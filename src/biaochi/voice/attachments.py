"""Photos and recordings: looked into, made anew, kept under random names, removed with the voice.

What came in is never kept. A photo is decoded and written again as JPEG, a recording as Ogg/Opus,
so that neither place, time and device (EXIF, XMP, tags) nor anything hidden in the file survives.
"""

import io
import logging
import secrets
import warnings
from dataclasses import dataclass

import av
import pillow_heif
from av.audio.resampler import AudioResampler
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from biaochi.core.profiles import number
from biaochi.core.refusals import Incomplete
from biaochi.voice.models import Attachment

PHOTO_MOST = 20 * 1024 * 1024  # bytes as they come in
RECORDING_MOST = 30 * 1024 * 1024
PIXELS_MOST = 60_000_000  # a 50-megapixel telephone is fine, a bomb is not
EDGE = 2000  # pixels of the longer side that is kept
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
SOUNDS = ("wav", "mp3", "aac", "flac", "ogg", "mov", "matroska", "amr", "3gp", "asf")
DAY = 86_400
RATE, BITS = 24_000, 24_000  # plenty for speech
KINDS = Attachment.Kind
TYPES = {KINDS.PHOTO: "image/jpeg", KINDS.RECORDING: "audio/ogg"}

pillow_heif.register_heif_opener(thumbnails=False)
for reader in ("PIL", "libav"):
    # At DEBUG these write what stands in a file (place, device) into the log.
    logging.getLogger(reader).setLevel(logging.WARNING)


@dataclass(frozen=True)
class Remade:
    """A file as we made it: bytes, and pixels or seconds."""

    content: bytes
    width: int | None = None
    height: int | None = None
    seconds: int | None = None


@transaction.atomic
def keep_photo(*, file, draft=None, voice=None):
    """Keep one photo with a draft or a voice.

    :param file: an open binary file with ``size``
    :raises Incomplete: not a photo, too large, or there are already as many as may be
    """
    most = number("photos_a_voice")
    if _count(KINDS.PHOTO, draft, voice) >= most:
        raise Incomplete(_("最多放 %(n)s 张照片。") % {"n": most}, "photos")
    return _keep(KINDS.PHOTO, remake_photo(_read(file, PHOTO_MOST, "photos")), draft, voice)


@transaction.atomic
def keep_recording(*, file, draft=None, voice=None):
    """Keep one recording with a draft or a voice; a draft has one, the newer replaces the older.

    :raises Incomplete: not a recording, too large or too long
    """
    remade = remake_recording(
        _read(file, RECORDING_MOST, "recording"), most=number("recording_minutes") * 60
    )
    if draft:
        for old in draft.attachments.filter(kind=KINDS.RECORDING):
            remove(attachment=old)
    return _keep(KINDS.RECORDING, remade, draft, voice)


@transaction.atomic
def hand_over(*, draft, voice):
    """Give the files of a draft to the voice it became."""
    Attachment.objects.filter(draft=draft).update(draft=None, voice=voice)


def remove(*, attachment):
    """Remove one file and its row; the file goes when the deed is done."""
    path = path_of(attachment)
    attachment.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def remove_all(*, voice=None, draft=None):
    """Remove all files of a voice or of a draft."""
    owner = {"voice": voice} if voice else {"draft": draft}
    for attachment in Attachment.objects.filter(**owner):
        remove(attachment=attachment)


def forget_strays(*, now):
    """Remove files a day old that no row knows: the deed that wrote them was not finished."""
    known = set(Attachment.objects.values_list("stored_as", flat=True))
    strays = [
        path
        for path in settings.MEDIA_ROOT.glob("[0-9a-f][0-9a-f]/*")
        if path.name not in known and now.timestamp() - path.stat().st_mtime > DAY
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def path_of(attachment):
    return settings.MEDIA_ROOT / attachment.stored_as[:2] / attachment.stored_as


def remake_photo(content):
    """Return a photo turned upright, at most 2000 pixels long, as JPEG without any metadata.

    :raises Incomplete: it is none of JPEG, PNG, WebP, HEIC, or it cannot be read to the end
    """
    try:
        with warnings.catch_warnings():
            # Truncated metadata only warns; the size is checked before a pixel is decoded.
            warnings.simplefilter("ignore")
            return _jpeg(content)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Incomplete(
            _("这个文件不是照片，或者坏了。照片要 JPEG、PNG、WebP 或 HEIC 格式的。"), "photos"
        ) from None


def _jpeg(content):
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > PIXELS_MOST:
            raise Incomplete(_("这张照片的尺寸太大了，请截小一点再放。"), "photos")
        image.draft("RGB", (EDGE, EDGE))
        image.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
        seen = upright.convert("RGBA")
        plain = Image.new("RGB", seen.size, "white")
        plain.paste(seen, mask=seen.getchannel("A"))
        out = io.BytesIO()
        plain.save(out, "JPEG", quality=85, optimize=True)
    return Remade(out.getvalue(), plain.width, plain.height)


def remake_recording(content, *, most):
    """Return the sound of a file as mono Ogg/Opus without metadata.

    :param most: seconds that are allowed
    :raises Incomplete: there is no sound in it, it cannot be read, or it is longer
    """
    out = io.BytesIO()
    try:
        with av.open(io.BytesIO(content), metadata_errors="ignore") as source:
            _check_sound(source)
            if source.duration and source.duration > (most + 1) * 1_000_000:  # as it says itself
                raise _too_long(most)
            with av.open(out, "w", format="ogg") as target:
                samples = _transcode(source, target, most)
    except (av.FFmpegError, ValueError, EOFError):
        raise _no_sound() from None
    if not samples:
        raise _no_sound()
    return Remade(out.getvalue(), seconds=max(1, round(samples / RATE)))


def _check_sound(source):
    known = set(source.format.name.split(","))
    if not known & set(SOUNDS) or not source.streams.audio:
        raise _no_sound()


def _transcode(source, target, most):
    stream = target.add_stream("libopus", rate=RATE, layout="mono")
    stream.bit_rate = BITS
    stream.options = {"application": "voip", "compression_level": "3"}
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    samples = 0
    for frame in source.decode(source.streams.audio[0]):
        frame.pts = None
        for piece in resampler.resample(frame):
            samples += piece.samples
            if samples > most * RATE:
                raise _too_long(most)
            target.mux(stream.encode(piece))
    for piece in resampler.resample(None):
        samples += piece.samples
        target.mux(stream.encode(piece))
    target.mux(stream.encode(None))
    return samples


def _too_long(most):
    return Incomplete(
        _("录音太长了，最多 %(n)s 分钟。请分成两段，或者挑要紧的说。") % {"n": most // 60},
        "recording",
    )


def _no_sound():
    return Incomplete(
        _("这个文件不是录音，或者坏了。录音要 MP3、M4A、WAV、AMR 或 OGG 格式的。"), "recording"
    )


def _read(file, most, field):
    if file.size > most:
        raise Incomplete(_("这个文件太大了，最多 %(n)s MB。") % {"n": most // 1024 // 1024}, field)
    content = file.read(most + 1)
    if not content:
        raise Incomplete(_("这个文件是空的，请重新选一个。"), field)
    return content


def _count(kind, draft, voice):
    owner = {"voice": voice} if voice else {"draft": draft}
    return Attachment.objects.filter(kind=kind, **owner).count()


def _keep(kind, remade, draft, voice):
    name = secrets.token_hex(20) + (".jpg" if kind == KINDS.PHOTO else ".ogg")
    attachment = Attachment(
        draft=draft,
        voice=voice,
        kind=kind,
        stored_as=name,
        size=len(remade.content),
        width=remade.width,
        height=remade.height,
        seconds=remade.seconds,
    )
    path = path_of(attachment)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(remade.content)
    attachment.save()
    return attachment
