"""Photos and recordings: what comes in is looked into and made anew, or refused."""

import io
import struct
import wave
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from biaochi.core.refusals import Incomplete
from biaochi.voice import actions, attachments
from biaochi.voice.models import Attachment

GPS_IFD, ORIENTATION, MODEL = 0x8825, 0x0112, 0x0110


def photo(fmt="JPEG", size=(320, 200), mode="RGB", **rest):
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(out, fmt, **rest)
    return out.getvalue()


def photo_with_place():
    exif = Image.Exif()
    exif[MODEL] = "PhoneOfZhang 12"
    exif[ORIENTATION] = 6
    exif[GPS_IFD] = {1: "N", 2: (31.0, 14.0, 9.0), 3: "E", 4: (121.0, 29.0, 3.0)}
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">PhoneOfZhang 12</x:xmpmeta>'
    return photo(size=(400, 200), exif=exif, xmp=xmp, comment=b"PhoneOfZhang 12")


def sound(seconds=1.0, rate=8000):
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(b"\x10\x00\xf0\xff" * int(seconds * rate / 2))
    return out.getvalue()


def bomb():
    """A PNG of a few kilobytes that says it is 30000 by 30000."""
    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


EXE = b"MZ\x90\x00" + b"\0" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<html><script>alert(1)</script></html>"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def sent(content, name="x.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type=kind)


@pytest.fixture
def voice(speak):
    return speak().voice


def test_a_photo_loses_place_device_and_every_other_note(voice):
    kept = attachments.keep_photo(file=sent(photo_with_place()), voice=voice)
    content = attachments.path_of(kept).read_bytes()
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
        assert not set(image.info) & {"exif", "xmp", "comment", "icc_profile", "photoshop"}
        assert image.size == (200, 400)  # the telephone was held upright
    assert b"PhoneOfZhang" not in content
    assert (kept.width, kept.height, kept.size) == (200, 400, len(content))


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_four_kinds_of_photo_come_in_and_all_become_jpeg(voice, fmt):
    kept = attachments.keep_photo(file=sent(photo(fmt)), voice=voice)
    assert attachments.path_of(kept).read_bytes()[:3] == b"\xff\xd8\xff"


def test_a_large_photo_is_made_smaller_and_a_clear_one_gets_a_white_ground(voice):
    kept = attachments.keep_photo(file=sent(photo(size=(5000, 2500))), voice=voice)
    assert (kept.width, kept.height) == (2000, 1000)
    clear = attachments.keep_photo(file=sent(photo("PNG", mode="RGBA")), voice=voice)
    with Image.open(attachments.path_of(clear)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [EXE, SVG, HTML, GIF, bomb(), b"", sound(), photo()[:-300], b"\xff\xd8\xff\xe0 not a photo"],
    ids=["exe", "svg", "html", "gif", "bomb", "empty", "sound", "cut off", "only a beginning"],
)
def test_what_is_not_a_whole_photo_is_refused_whatever_its_name(voice, content, settings):
    with pytest.raises(Incomplete) as refusal:
        attachments.keep_photo(file=sent(content, "family.jpg"), voice=voice)
    assert refusal.value.field == "photos"
    assert not Attachment.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.jpg"))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(voice):
    class Huge:
        size = attachments.PHOTO_MOST + 1

        def read(self, *_count):
            raise AssertionError("read although it is too large")

    with pytest.raises(Incomplete):
        attachments.keep_photo(file=Huge(), voice=voice)


def test_six_photos_and_not_seven(voice):
    for _n in range(6):
        attachments.keep_photo(file=sent(photo()), voice=voice)
    with pytest.raises(Incomplete):
        attachments.keep_photo(file=sent(photo()), voice=voice)


def test_a_recording_becomes_opus_of_the_same_length(voice):
    file = sent(sound(2.0), "x.wav", "audio/wav")
    kept = attachments.keep_recording(file=file, voice=voice)
    content = attachments.path_of(kept).read_bytes()
    assert content[:4] == b"OggS"
    assert b"OpusHead" in content[:100]
    assert kept.seconds == 2


def test_a_recording_loses_its_notes(voice):
    av = attachments.av
    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as target:
        target.metadata["artist"] = "PhoneOfZhang 12"
        stream = target.add_stream("libopus", rate=48000, layout="mono")
        with av.open(io.BytesIO(sound(1.0))) as source:
            resampler = attachments.AudioResampler(format="s16", layout="mono", rate=48000)
            for frame in source.decode(audio=0):
                for piece in resampler.resample(frame):
                    target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    assert b"PhoneOfZhang" in out.getvalue()
    kept = attachments.keep_recording(file=sent(out.getvalue(), "x.ogg"), voice=voice)
    assert b"PhoneOfZhang" not in attachments.path_of(kept).read_bytes()


def test_a_recording_of_more_than_three_minutes_is_refused(voice):
    with pytest.raises(Incomplete) as refusal:
        attachments.keep_recording(file=sent(sound(185)), voice=voice)
    assert "3 分钟" in str(refusal.value)


def test_a_recording_that_lies_about_its_length_is_refused_while_it_is_heard():
    lying = bytearray(sound(4))
    lying[40:44] = struct.pack("<I", 0)  # the length of the data, says the file
    assert attachments.remake_recording(sound(3), most=3).seconds == 3
    with pytest.raises(Incomplete) as refusal:
        attachments.remake_recording(bytes(lying), most=3)
    assert refusal.value.field == "recording"


@pytest.mark.parametrize(
    "content", [EXE, SVG, HTML, b"", photo(), sound()[:40]], ids=lambda c: str(c[:6])
)
def test_what_is_no_recording_is_refused(voice, content):
    with pytest.raises(Incomplete) as refusal:
        attachments.keep_recording(file=sent(content, "song.mp3", "audio/mpeg"), voice=voice)
    assert refusal.value.field == "recording"


def test_a_playlist_that_points_elsewhere_is_never_followed(voice, tmp_path):
    secret = tmp_path / "secret.wav"
    secret.write_bytes(sound())
    for text in (f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n", f"ffconcat version 1.0\nfile {secret}"):
        with pytest.raises(Incomplete):
            attachments.keep_recording(file=sent(text.encode(), "x.m3u8"), voice=voice)


def test_erasing_a_voice_removes_its_files(
    voice, resident, now, django_capture_on_commit_callbacks
):
    kept = attachments.keep_photo(file=sent(photo()), voice=voice)
    path = attachments.path_of(kept)
    assert path.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(voice=voice, by=resident, now=now)
    assert not path.exists()
    assert not Attachment.objects.exists()


def test_names_of_files_say_nothing_and_files_that_nobody_owns_are_removed(voice, settings, now):
    kept = attachments.path_of(attachments.keep_photo(file=sent(photo(), "我家.jpg"), voice=voice))
    assert len(kept.stem) == 40
    stray = kept.with_name("ab" * 20 + ".jpg")
    stray.write_bytes(b"left over")
    assert attachments.forget_strays(now=now.fromtimestamp(stray.stat().st_mtime + 60)) == 0
    assert attachments.forget_strays(now=now.fromtimestamp(stray.stat().st_mtime + 90_000)) == 1
    assert kept.is_file()
    assert not stray.exists()
