// Made from web/ by make web; sources eaf6dbe1be17ff67b88c788e32c254e13aa036eb2e78e357365515a441340fc8
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
