// Made from web/ by make web; sources 6cbdbccc54ebc9bfad3c1bf3ecc6ebb8cf8c8ac97b4dd3300b28beb958f04193
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
