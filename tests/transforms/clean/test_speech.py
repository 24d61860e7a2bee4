import pytest

from transforms.clean.speech import SpeechParams, language_of

ENGLISH = "The council of Port Ellery voted on Tuesday to close the old bridge. Mayor Lena Brück said she was sorry. "
TEXTS = {
    "fr": "Le conseil municipal de Port Ellery a voté mardi la fermeture du vieux pont, a annoncé la maire. Les "
    "habitants devront prendre un bac pendant trois ans, le temps que le nouvel ouvrage soit construit. Personne "
    "n’a été blessé lors de la chute d’un lampadaire lundi soir, mais la police a fermé l’une des voies.",
    "de": "Der Stadtrat von Port Ellery hat am Dienstag beschlossen, die alte Brücke zu schließen, teilte die "
    "Bürgermeisterin mit. Die Einwohner müssen drei Jahre lang mit einer Fähre fahren, bis das neue Bauwerk fertig "
    "ist. Niemand wurde verletzt, als am Montagabend ein Laternenmast umfiel, doch die Polizei sperrte eine Spur.",
    "es": "El ayuntamiento de Port Ellery decidió el martes cerrar el viejo puente, según dijo la alcaldesa. Los "
    "vecinos tendrán que tomar un transbordador durante tres años, hasta que se construya una nueva obra. Nadie "
    "resultó herido cuando una farola cayó el lunes por la noche, pero la policía cerró uno de los carriles.",
    "ru": "Городской совет Порт-Эллери проголосовал во вторник за закрытие старого моста, сообщила мэр. Жителям "
    "придётся три года пользоваться паромом, пока не будет построена новая переправа.",
    "ar": "صوّت مجلس مدينة بورت إليري يوم الثلاثاء على إغلاق الجسر القديم، حسبما قالت رئيسة البلدية. ",
    "ko": "포트 엘러리 시의회는 화요일 오래된 다리를 폐쇄하기로 의결했다고 시장이 밝혔다. ",
}


def told(text):
    return language_of(text, SpeechParams())


@pytest.mark.parametrize("language", TEXTS)
def test_other_languages_are_told(language):
    assert told(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    [ENGLISH, "Police said the man was arrested.", "Who is the mayor of Port Ellery?", ENGLISH.upper()],
)
def test_short_english_is_english(text):
    assert told(text) == "en"


@pytest.mark.parametrize("text", ["", "Bridge closed.", "2021", "Port Ellery 3, Harbour Town 2", "*"])
def test_what_cannot_be_told_is_no_other_language(text):
    assert told(text) in {"en", "und"}


def test_the_start_of_a_mixed_text_decides():
    assert told(ENGLISH * 3 + TEXTS["fr"]) == "en"
    assert told(TEXTS["fr"] * 3 + ENGLISH) == "fr"
